//! The help: what the page is, and the keys from the table that the page obeys.

use story::Language;
use story::words::ui;
use web_sys::HtmlDialogElement;
use yew::{Html, function_component, html, use_effect_with, use_node_ref};

use super::icon::{Glyph, icon};
use super::player::PlayerProps;
use crate::keys::{ROWS, Row, cap};
use crate::session::{Action, Switch};
use crate::store;

#[function_component]
pub(crate) fn Help(PlayerProps { session, act, .. }: &PlayerProps) -> Html {
    let language = session.language;
    let dialog = use_node_ref();
    let shown = dialog.clone();
    use_effect_with(session.help, move |&open| {
        let Some(dialog) = shown.cast::<HtmlDialogElement>() else { return };
        // The browser keeps the focus inside, and gives it back to whoever had it.
        match open {
            true if !dialog.open() => drop(dialog.show_modal()),
            false if dialog.open() => dialog.close(),
            _ => (),
        }
    });
    let emit = |action: Action| {
        let act = act.clone();
        move || act.emit(action.clone())
    };
    let (close, closed) = (emit(Action::SetHelp(false)), emit(Action::SetHelp(false)));
    let flip = emit(Action::Flip(Switch::Keys));
    html! {
        <dialog class="help" aria-labelledby="help-title" ref={dialog} onclose={move |_| closed()}>
            if session.help {
                <header class="help-head">
                    <h2 id="help-title">{ ui::HELP.to(language) }</h2>
                    <button class="quiet quiet--icon" type="button" aria-label={ui::CLOSE.to(language)}
                        title={ui::CLOSE.to(language)} onclick={move |_| close()}>
                        { icon(Glyph::Close) }
                    </button>
                </header>
                <p>{ ui::HELP_INTRO.to(language) }</p>
                <h3>{ ui::KEYS.to(language) }</h3>
                <dl class="help-keys">{ for ROWS.iter().map(|each| row(each, language)) }</dl>
                <label class="help-switch">
                    <input type="checkbox" checked={session.is_on(Switch::Keys)} onchange={move |_| flip()} />
                    <span>
                        { ui::SINGLE_KEYS.to(language) }
                        <small>{ ui::SINGLE_KEYS_WHY.to(language) }</small>
                    </span>
                </label>
                if !store::is_kept() {
                    <p class="help-note">{ ui::NOT_KEPT.to(language) }</p>
                }
            }
        </dialog>
    }
}

/// One row; where many keys do the same, the first and the last are drawn.
fn row(row: &Row, language: Language) -> Html {
    let key = |key: &&str| {
        html! {
            <kbd lang="en">{ cap(key) }</kbd>
        }
    };
    let keys: Html = match row.keys {
        [first, _, _, .., last] if row.keys.len() > 3 => html! {
            <>{ key(first) }{ "–" }{ key(last) }</>
        },
        keys => keys.iter().map(key).collect(),
    };
    html! {
        <div>
            <dt>{ keys }</dt>
            <dd>{ row.words.to(language) }</dd>
        </div>
    }
}
