//! Cross-lighting: what is touched in one view lights up in all of them.
//!
//! Whatever shows a message says which in `data-packet`; what lights up is marked with `data-lit`.
//! Nothing is rendered for it: a pointer that passes over the page must cost nothing.

use std::rc::Rc;

use handshake::PacketId;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event};
use yew::{Callback, NodeRef, hook, use_effect_with, use_mut_ref, use_node_ref};

use crate::session::Session;

/// What the element that holds all views listens with.
pub(super) struct Crosslight {
    pub(super) root: NodeRef,
    /// Something was touched: its message lights up.
    pub(super) touch: Callback<Event>,
    /// Nothing is touched any more: the message that is picked out lights up, if there is one.
    pub(super) leave: Callback<Event>,
}

#[hook]
pub(super) fn use_crosslight(session: &Session) -> Crosslight {
    let root = use_node_ref();
    let touched = use_mut_ref(String::new);
    let selected = session.selected.map(|PacketId(id)| id.to_string()).unwrap_or_default();
    let show = {
        let (root, selected) = (root.clone(), selected.clone());
        Rc::new(move |packets: Option<String>| {
            let packets = packets.unwrap_or_else(|| selected.clone());
            if *touched.borrow() != packets {
                light(&root, &packets);
                *touched.borrow_mut() = packets;
            }
        })
    };
    // What a step has drawn anew is dark, whatever is picked out.
    let drawn = root.clone();
    use_effect_with((session.place, selected), move |(_, selected)| light(&drawn, selected));
    let touch = {
        let show = show.clone();
        move |event: Event| show(packets_of(&event))
    };
    Crosslight { root, touch: touch.into(), leave: Callback::from(move |_| show(None)) }
}

/// The messages that the touched element shows, as it writes them.
fn packets_of(event: &Event) -> Option<String> {
    let touched: Element = event.target()?.dyn_into().ok()?;
    touched.closest("[data-packet]").ok()??.get_attribute("data-packet")
}

/// Lights up all that shows one of these messages, and nothing else.
fn light(root: &NodeRef, packets: &str) {
    let Some(root) = root.cast::<Element>() else { return };
    let each = |selector: &str, act: &dyn Fn(Element)| {
        let Ok(found) = root.query_selector_all(selector) else { return };
        let found = (0..found.length()).filter_map(|index| found.item(index));
        found.filter_map(|node| node.dyn_into().ok()).for_each(act);
    };
    each("[data-lit]", &|element| {
        // An attribute that is not there can be removed as well.
        let _ = element.remove_attribute("data-lit");
    });
    for packet in packets.split_whitespace() {
        each(&format!("[data-packet~=\"{packet}\"]"), &|element| {
            // Only a name that is none could be refused.
            let _ = element.set_attribute("data-lit", "");
        });
    }
}
