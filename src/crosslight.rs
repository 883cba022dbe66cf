//! Cross-lighting: what is touched in one view lights up in all of them.
//!
//! Whatever shows a message says which in `data-packet`; what lights up is marked with `data-lit`.
//! Nothing is rendered for it: a pointer that passes over the page must cost nothing.

use handshake::PacketId;
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::session::Session;

/// Which messages are lit.
#[derive(Default, Debug)]
pub(crate) struct Crosslight {
    lit: String,
    /// The place that was drawn, and the message that was picked out there.
    drawn: Option<(usize, String)>,
}

impl Crosslight {
    /// Something was touched: its messages light up. Where it shows none, or nothing is touched,
    /// the one that is picked out does, if there is one.
    pub(crate) fn touch(&mut self, root: &Element, touched: Option<&Element>) {
        let shown = touched.and_then(|touched| touched.closest("[data-packet]").ok()?);
        let packets = shown.and_then(|shown| shown.get_attribute("data-packet"));
        let picked = self.drawn.as_ref().map(|(_, picked)| picked.clone());
        let packets = packets.or(picked).unwrap_or_default();
        if self.lit != packets {
            light(root, &packets);
            self.lit = packets;
        }
    }

    /// At another place all is dark but what is picked out; and what has been drawn anew is dark,
    /// or shows another message than before.
    pub(crate) fn follow(&mut self, root: &Element, session: &Session) {
        let picked = session.selected.map(|PacketId(id)| id.to_string()).unwrap_or_default();
        let drawn = Some((session.place, picked));
        let was_lit = !self.lit.is_empty();
        if self.drawn != drawn {
            self.lit = drawn.as_ref().map(|(_, picked)| picked.clone()).unwrap_or_default();
            self.drawn = drawn;
        }
        if was_lit || !self.lit.is_empty() {
            light(root, &self.lit);
        }
    }
}

/// Lights up all that shows one of these messages, and nothing else.
fn light(root: &Element, packets: &str) {
    let each = |selector: &str, act: fn(&Element)| {
        let Ok(found) = root.query_selector_all(selector) else { return };
        for index in 0..found.length() {
            if let Some(element) = found.item(index) {
                act(element.unchecked_ref());
            }
        }
    };
    each("[data-lit]", |element| {
        // An attribute that is not there can be removed as well.
        let _ = element.remove_attribute("data-lit");
    });
    for packet in packets.split_whitespace() {
        each(&format!("[data-packet~=\"{packet}\"]"), |element| {
            // Only a name that is none could be refused.
            let _ = element.set_attribute("data-lit", "");
        });
    }
}
