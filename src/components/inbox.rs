//! The inbox: a cover on the left page, the conversations on the right.

use story::view::{Glyph, GlyphArrow, GlyphEnd, glyph};
use story::words::{home, own_run, ui};
use story::{Conversation, Family, Language, inbox};
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::{
    Callback, Html, InputEvent, TargetCast, UseStateHandle, classes, function_component, html,
    use_effect_with, use_memo, use_state_eq,
};

use super::icon::{Glyph as Drawn, icon};
use super::phrases::phrases;
use super::theme::theme_button;
use super::{side_class, title};
use crate::browser::{self, Wishes};
use crate::progress::Progress;
use crate::route::Route;
use crate::session::Theme;
use crate::settings::kept_theme;
use crate::{art, store};

/// A conversation, with what is drawn of it and how far it was read.
#[derive(Clone, PartialEq)]
struct Row {
    family: usize,
    conversation: Conversation,
    glyph: Glyph,
    steps: usize,
    progress: Progress,
}

/// All conversations.
#[function_component]
pub fn Inbox(wishes: &Wishes) -> Html {
    let language = wishes.language;
    let rows = use_memo((), |()| rows(inbox()));
    let asked = use_state_eq(String::new);
    let picture = use_cover(wishes);
    let theme = use_state_eq(kept_theme);
    use_effect_with(*theme, |theme| browser::wear(*theme));
    use_effect_with(wishes.clone(), |wishes| {
        let title = ui::TITLE.to(wishes.language);
        browser::announce(wishes.language, title, &wishes.root, &wishes.route, None);
    });
    html! {
        <div class="inbox" lang={language.tag()} data-lang={language.tag()}>
            { cover(wishes, &rows, picture.as_deref()) }
            <main class="list">
                { head(wishes, &rows, &asked, &theme) }
                <div class="list-cols">
                    { for families(wishes, &rows, &asked) }
                </div>
            </main>
        </div>
    }
}

fn rows(families: &[Family]) -> Vec<Row> {
    let listed = families.iter().enumerate().flat_map(|(family, each)| {
        each.scenes.iter().map(move |conversation| (family, conversation.clone()))
    });
    listed
        .map(|(family, conversation)| {
            let trace = conversation.trace();
            let progress = Progress::of(&conversation.id);
            Row { family, glyph: glyph(&trace), steps: trace.len(), conversation, progress }
        })
        .collect()
}

/// The picture on the cover, which is fetched: no other page has use for it.
#[yew::hook]
fn use_cover(wishes: &Wishes) -> UseStateHandle<Option<String>> {
    let picture = use_state_eq(|| None);
    let path = format!("{}art/cover.svg", wishes.root);
    let drawn = picture.clone();
    use_effect_with(path, move |path| {
        let path = path.clone();
        // Without it the cover is paper.
        spawn_local(async move { drawn.set(browser::fetch(path).await.ok()) });
    });
    picture
}

fn cover(wishes: &Wishes, rows: &[Row], picture: Option<&str>) -> Html {
    let language = wishes.language;
    let hero = home::COVER.map(|line| {
        html! {
            <span>{ line.to(language) }</span>
        }
    });
    html! {
        <header class="cover">
            <div class="cover-art cover-art--tall">
                { picture.map(|drawing| art::fetched(drawing.to_owned())) }
            </div>
            <div class="cover-art cover-art--band">
                { for art::landscapes() }
            </div>
            <div class="cover-words">
                { title(language) }
                <p class="cover-hero">{ for hero }</p>
            </div>
            <div class="cover-foot">
                <p class="cover-sub">{ phrases(home::ABOUT.to(language), language) }</p>
                { go_on(wishes, rows) }
                <p class="cover-pun">{ phrases(home::PUN.to(language), language) }</p>
            </div>
        </header>
    }
}

/// Leads to where the reader left, or to the beginning.
fn go_on(wishes: &Wishes, rows: &[Row]) -> Html {
    let language = wishes.language;
    let last = Progress::last();
    let row = last.as_ref().and_then(|(id, _)| rows.iter().find(|row| row.conversation.id == *id));
    let Some(row) = row.or(rows.first()) else { return Html::default() };
    let place = last.filter(|(id, _)| *id == row.conversation.id).map_or(0, |(_, place)| place);
    let (place, query) = if place > 0 && place < row.steps {
        (place, format!("?step={place}"))
    } else {
        (0, String::new())
    };
    let heading = if place > 0 { home::CONTINUE } else { home::BEGIN };
    let title = row.conversation.title(language);
    let where_to = if place > 0 {
        format!("{title} · {}", ui::step_of(place, row.steps, language))
    } else {
        title.to_owned()
    };
    html! {
        <a class="continue" href={format!("{}{query}", address(wishes, row))}>
            { draw(&row.glyph) }
            <span><b>{ heading.to(language) }</b>{ where_to }</span>
            { icon(Drawn::Forward) }
        </a>
    }
}

fn address(wishes: &Wishes, row: &Row) -> String {
    Route::Scene(row.conversation.id.clone()).path(&wishes.root, wishes.language)
}

fn head(
    wishes: &Wishes,
    rows: &[Row],
    asked: &UseStateHandle<String>,
    theme: &UseStateHandle<Theme>,
) -> Html {
    let language = wishes.language;
    let other = language.other();
    let read = rows.iter().filter(|row| row.progress == Progress::Read).count();
    let begun = rows.iter().filter(|row| matches!(row.progress, Progress::UpTo(_))).count();
    let oninput = {
        let asked = asked.clone();
        move |event: InputEvent| {
            let input = event.target_dyn_into::<HtmlInputElement>();
            asked.set(input.map(|input| input.value()).unwrap_or_default());
        }
    };
    let choose = {
        let theme = theme.clone();
        Callback::from(move |chosen: Theme| {
            store::put("theme", chosen.id());
            theme.set(chosen);
        })
    };
    html! {
        <div class="list-head">
            <h2>{ home::INBOX.to(language) }</h2>
            <p>{ home::count(rows.len(), read, begun, language) }</p>
            <input
                class="list-search"
                type="search"
                placeholder={home::SEARCH.to(language)}
                aria-label={home::SEARCH.to(language)}
                value={(**asked).clone()}
                {oninput}
            />
            <div class="mast-r">
                <a
                    class="quiet"
                    lang={other.tag()}
                    hreflang={other.tag()}
                    href={Route::Inbox.path(&wishes.root, other)}
                    onclick={move |_| store::put("language", other.tag())}
                >
                    { ui::LANGUAGE_SWITCH.to(language) }
                </a>
                { theme_button(**theme, language, choose) }
            </div>
        </div>
    }
}

/// The families, each with those of its conversations that are asked for.
fn families(wishes: &Wishes, rows: &[Row], asked: &str) -> Vec<Html> {
    let language = wishes.language;
    let found = |row: &&Row| {
        let asked = asked.trim().to_ascii_lowercase();
        let said = Language::ALL.into_iter().flat_map(|language| {
            [row.conversation.title(language), row.conversation.hook(language)]
        });
        row.conversation.id.contains(&asked)
            || said.into_iter().any(|text| text.to_ascii_lowercase().contains(&asked))
    };
    let mut shown = Vec::new();
    for (index, family) in inbox().iter().enumerate() {
        let own: Vec<&Row> = rows.iter().filter(|row| row.family == index).filter(found).collect();
        if own.is_empty() {
            continue;
        }
        shown.push(html! {
            <section class="family" data-family={family.id.clone()}>
                <h3><b>{ family.title(language) }</b><span>{ own.len() }</span></h3>
                <ul>{ for own.iter().map(|row| line(wishes, row)) }</ul>
            </section>
        });
    }
    if asked.is_empty() {
        shown.push(blank(wishes));
    } else if shown.is_empty() {
        shown.push(html! {
            <p class="list-none" role="status">{ home::NOTHING.to(language) }</p>
        });
    }
    shown
}

fn line(wishes: &Wishes, row: &Row) -> Html {
    let language = wishes.language;
    let [steps, minutes] = home::length(row.steps, ui::minutes(row.steps), language);
    let read = (row.progress == Progress::Read).then_some("conv--read");
    html! {
        <li>
            <a class={classes!("conv", read)} href={address(wishes, row)}>
                { draw(&row.glyph) }
                <span class="conv-body">
                    <b>{ row.conversation.title(language) }</b>
                    <span class="conv-prev">{ row.conversation.hook(language) }</span>
                </span>
                <span class="conv-side"><i>{ steps }</i>{ minutes }</span>
                { mark(row, language) }
            </a>
        </li>
    }
}

/// The row that opens a run in which nothing has happened.
fn blank(wishes: &Wishes) -> Html {
    let language = wishes.language;
    html! {
        <a class="conv conv--blank" href={Route::blank(&wishes.root, language)}>
            { draw(&Glyph { arrows: Vec::new() }) }
            <span class="conv-body">
                <b>{ own_run::BLANK.to(language) }</b>
                <span class="conv-prev">{ own_run::BLANK_HOOK.to(language) }</span>
            </span>
            { icon(Drawn::Forward) }
        </a>
    }
}

/// A ring: empty, filled in part, or two ticks.
fn mark(row: &Row, language: Language) -> Html {
    let (drawing, name) = match row.progress {
        Progress::Unread => (
            html! {
                <circle class="mk-dot" cx="12" cy="12" r="3.5" />
            },
            home::UNREAD,
        ),
        Progress::UpTo(place) => (
            html! {
                <>
                    <circle class="mk-ring" cx="12" cy="12" r="7" />
                    <circle
                        class="mk-part"
                        cx="12"
                        cy="12"
                        r="7"
                        pathLength={row.steps.max(1).to_string()}
                        stroke-dasharray={format!("{} {}", place.max(1), row.steps.max(1))}
                        transform="rotate(-90 12 12)"
                    />
                </>
            },
            home::BEGUN,
        ),
        Progress::Read => (
            html! {
                <path class="mk-tick" d="M3 12.5l4 4.5 8-9.5M10 15.5l1.5 1.5 8-9.5" />
            },
            home::READ,
        ),
    };
    html! {
        <>
            <svg class="mark" viewBox="0 0 24 24" aria-hidden="true">{ drawing }</svg>
            <span class="visually-hidden">{ name.to(language) }</span>
        </>
    }
}

/// Where a little ladder's lifelines stand.
const LEFT: i32 = 120;
const RIGHT: i32 = Glyph::SIZE - LEFT;

fn draw(glyph: &Glyph) -> Html {
    html! {
        <svg class="glyph" viewBox={format!("0 0 {0} {0}", Glyph::SIZE)} aria-hidden="true">
            <path class="gl-life" d={format!("M{LEFT} 50V390M{RIGHT} 50V390")} />
            { for glyph.arrows.iter().map(arrow) }
        </svg>
    }
}

fn arrow(arrow: &GlyphArrow) -> Html {
    let (from, to) = match arrow.from {
        handshake::Side::A => (LEFT, RIGHT),
        handshake::Side::B => (RIGHT, LEFT),
    };
    let part = |of: i32, whole: i32| of + (whole - of) * 55 / 100;
    let (x, y) = match arrow.end {
        GlyphEnd::Cross => (part(from, to), part(arrow.y, arrow.end_y)),
        GlyphEnd::Dot | GlyphEnd::Bar => (to, arrow.end_y),
    };
    let class =
        classes!("gl-msg", arrow.talks.then_some("gl-talk"), arrow.forged.then_some("gl-fake"));
    let end = match arrow.end {
        GlyphEnd::Cross => html! {
            <path class="gl-x" d={format!("M{} {}l44 44m0-44l-44 44", x - 22, y - 22)} />
        },
        GlyphEnd::Bar => html! {
            <path class="gl-bar" d={format!("M{x} {}v80", y - 40)} />
        },
        GlyphEnd::Dot => html! {
            <circle class="gl-end" cx={x.to_string()} cy={y.to_string()} r="19" />
        },
    };
    html! {
        <g class={side_class(arrow.from)}>
            <path {class} d={format!("M{from} {}L{x} {y}", arrow.y)} />
            { end }
        </g>
    }
}
