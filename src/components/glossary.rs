//! A word of the trade that explains itself: to a click, a tap, a pointer that rests on it, or the
//! keyboard. The browser opens and closes the note, and puts it above everything else.

use story::Language;
use story::words::glossary::Term;
use web_sys::{HtmlElement, PointerEvent};
use yew::{Html, Properties, function_component, html, use_node_ref, use_state_eq};

#[derive(Properties, PartialEq)]
pub(crate) struct WordProps {
    /// As it is written here.
    pub(crate) written: String,
    pub(crate) term: &'static Term,
    pub(crate) language: Language,
    /// The text in which it stands.
    pub(crate) scope: String,
}

#[function_component]
pub(crate) fn Word(WordProps { written, term, language, scope }: &WordProps) -> Html {
    // The note is empty until it is wanted, so that the text around it is read as it was written.
    let wanted = use_state_eq(|| false);
    let (button, note) = (use_node_ref(), use_node_ref());
    let title = term.title(*language);
    let id = format!("term-{scope}-{}", title.replace([' ', ','], "-"));
    let want = {
        let wanted = wanted.clone();
        move || wanted.set(true)
    };
    let onfocus = {
        let want = want.clone();
        move |_| want()
    };
    // A finger presses; only what hovers has to be shown the note without.
    let onpointerenter = {
        let button = button.clone();
        move |event: PointerEvent| {
            want();
            if event.pointer_type() == "mouse"
                && let Some(button) = button.cast::<HtmlElement>()
            {
                button.click();
            }
        }
    };
    let onpointerleave = {
        let note = note.clone();
        move |event: PointerEvent| {
            if event.pointer_type() == "mouse"
                && let Some(note) = note.cast::<HtmlElement>()
            {
                // It may be closed already.
                let _ = note.hide_popover();
            }
        }
    };
    html! {
        <span class="term-wrap" {onpointerenter} {onpointerleave}>
            <button class="term" type="button" popovertarget={id.clone()} popovertargetaction="show"
                ref={button} {onfocus}>
                { written }
            </button>
            <span class="term-note" popover="auto" {id} ref={note}>
                if *wanted {
                    <b>{ title }</b>
                    { " " }
                    { term.meaning.to(*language) }
                }
            </span>
        </span>
    }
}
