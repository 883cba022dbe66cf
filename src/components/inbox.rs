//! The inbox: a cover on the left page, the conversations on the right.

use maud::{Markup, html};
use story::view::{Glyph, GlyphArrow, GlyphEnd, glyph};
use story::words::{home, own_run, ui};
use story::{Conversation, Family, Language};

use super::icon::{Glyph as Drawn, icon};
use super::phrases::phrases;
use super::theme::theme_button;
use super::{side_class, title};
use crate::browser::Wishes;
use crate::pictures::{frame, landscape};
use crate::progress::Progress;
use crate::route::Route;
use crate::session::{Action, Theme};
use crate::settings::kept_theme;

/// All that the list of all conversations shows.
pub struct Inbox {
    families: Vec<Family>,
    rows: Vec<Row>,
    /// The conversation that was open last, and how far.
    last: Option<(String, usize)>,
    /// What is searched for.
    pub asked: String,
    /// In which colours.
    pub theme: Theme,
}

/// A conversation, with what is drawn of it and how far it was read.
struct Row {
    family: usize,
    conversation: Conversation,
    glyph: Glyph,
    steps: usize,
    progress: Progress,
}

impl Inbox {
    /// All conversations of these families, and what is remembered of them; `asked` is searched
    /// for.
    pub fn of(families: Vec<Family>, asked: String) -> Inbox {
        Inbox {
            rows: rows(&families),
            families,
            last: Progress::last(),
            asked,
            theme: kept_theme(),
        }
    }

    /// Looks once more at what was read.
    pub(crate) fn look_again(&mut self) {
        self.rows = rows(&self.families);
        self.last = Progress::last();
    }
}

/// All conversations.
pub fn inbox(inbox: &Inbox, wishes: &Wishes) -> Markup {
    let tag = wishes.language.tag();
    html! {
        div class="inbox" lang=(tag) data-lang=(tag) {
            (cover(inbox, wishes))
            main class="list" {
                (head(inbox, wishes))
                div class="list-cols" { (families(inbox, wishes)) }
            }
        }
    }
}

fn rows(families: &[Family]) -> Vec<Row> {
    let mut rows = Vec::new();
    for (family, each) in families.iter().enumerate() {
        for conversation in &each.scenes {
            let trace = conversation.trace();
            let progress = Progress::of(&conversation.id);
            let (glyph, steps) = (glyph(&trace), trace.len());
            rows.push(Row { family, conversation: conversation.clone(), glyph, steps, progress });
        }
    }
    rows
}

fn cover(inbox: &Inbox, wishes: &Wishes) -> Markup {
    let language = wishes.language;
    html! {
        header class="cover" {
            div class="cover-art cover-art--tall" { (frame("cover", "(min-width: 761px)")) }
            div class="cover-art cover-art--band" { (landscape()) }
            div class="cover-words" {
                (title(language))
                p class="cover-hero" {
                    @for line in home::COVER { span { (line.to(language)) } }
                }
            }
            div class="cover-foot" {
                p class="cover-sub" { (phrases(home::ABOUT.to(language), language)) }
                @if let Some(way) = go_on(inbox, wishes) { (way) }
                p class="cover-pun" { (phrases(home::PUN.to(language), language)) }
            }
        }
    }
}

/// Leads to where the reader left, or to the beginning.
fn go_on(inbox: &Inbox, wishes: &Wishes) -> Option<Markup> {
    let language = wishes.language;
    let last = inbox.last.as_ref().and_then(|(id, place)| {
        let row = inbox.rows.iter().find(|row| row.conversation.id == *id)?;
        Some((row, if *place < row.steps { *place } else { 0 }))
    });
    let (row, place) = last.or(inbox.rows.first().map(|first| (first, 0)))?;
    let heading = if place > 0 { home::CONTINUE } else { home::BEGIN };
    Some(html! {
        a class="continue"
            href={ (address(wishes, row)) @if place > 0 { "?step=" (place) } } {
            (draw(&row.glyph))
            span {
                b { (heading.to(language)) }
                (row.conversation.title(language))
                @if place > 0 { " · " (ui::step_of(place, row.steps, language)) }
            }
            (icon(Drawn::Forward))
        }
    })
}

fn address(wishes: &Wishes, row: &Row) -> String {
    Route::Scene(row.conversation.id.clone()).path(&wishes.root, wishes.language)
}

fn head(inbox: &Inbox, wishes: &Wishes) -> Markup {
    let language = wishes.language;
    let other = language.other();
    let rows = &inbox.rows;
    let read = rows.iter().filter(|row| row.progress == Progress::Read).count();
    let begun = rows.iter().filter(|row| matches!(row.progress, Progress::UpTo(_))).count();
    let search = home::SEARCH.to(language);
    html! {
        div class="list-head" {
            h2 { (home::INBOX.to(language)) }
            p { (home::count(rows.len(), read, begun, language)) }
            input class="list-search" type="search" name="asked" placeholder=(search)
                aria-label=(search) value=(inbox.asked);
            div class="mast-r" {
                a class="quiet" lang=(other.tag()) hreflang=(other.tag())
                    href=(Route::Inbox.path(&wishes.root, other)) data-do=(Action::ChangeLanguage) {
                    (ui::LANGUAGE_SWITCH.to(language))
                }
                (theme_button(inbox.theme, language))
            }
        }
    }
}

/// The families, each with those of its conversations that are asked for.
fn families(inbox: &Inbox, wishes: &Wishes) -> Markup {
    let language = wishes.language;
    let asked = inbox.asked.trim();
    let found = |row: &&Row| row.conversation.is_found_by(asked);
    let found: Vec<&Row> = inbox.rows.iter().filter(found).collect();
    html! {
        @for (index, family) in inbox.families.iter().enumerate() {
            @let own = || found.iter().filter(|row| row.family == index);
            @let count = own().count();
            @if count > 0 {
                section class="family" data-family=(family.id) {
                    h3 { b { (family.title(language)) } span { (count) } }
                    ul { @for row in own() { (line(wishes, row)) } }
                }
            }
        }
        @if inbox.asked.is_empty() {
            (blank(wishes))
        } @else if found.is_empty() {
            p class="list-none" role="status" { (home::NOTHING.to(language)) }
        }
    }
}

fn line(wishes: &Wishes, row: &Row) -> Markup {
    let language = wishes.language;
    let [steps, minutes] = home::length(row.steps, ui::minutes(row.steps), language);
    let class = if row.progress == Progress::Read { "conv conv--read" } else { "conv" };
    html! {
        li {
            a class=(class) href=(address(wishes, row)) {
                (draw(&row.glyph))
                span class="conv-body" {
                    b { (row.conversation.title(language)) }
                    span class="conv-prev" { (row.conversation.hook(language)) }
                }
                span class="conv-side" { i { (steps) } (minutes) }
                (mark(row, language))
            }
        }
    }
}

/// The row that opens a run in which nothing has happened.
fn blank(wishes: &Wishes) -> Markup {
    let language = wishes.language;
    html! {
        a class="conv conv--blank" href=(Route::blank(&wishes.root, language)) {
            (draw(&Glyph { arrows: Vec::new() }))
            span class="conv-body" {
                b { (own_run::BLANK.to(language)) }
                span class="conv-prev" { (own_run::BLANK_HOOK.to(language)) }
            }
            (icon(Drawn::Forward))
        }
    }
}

/// A ring: empty, filled in part, or two ticks.
fn mark(row: &Row, language: Language) -> Markup {
    let steps = row.steps.max(1);
    let name = match row.progress {
        Progress::Unread => home::UNREAD,
        Progress::UpTo(_) => home::BEGUN,
        Progress::Read => home::READ,
    };
    html! {
        svg class="mark" viewBox="0 0 24 24" aria-hidden="true" {
            @match row.progress {
                Progress::Unread => circle class="mk-dot" cx="12" cy="12" r="3.5" {},
                Progress::UpTo(place) => {
                    circle class="mk-ring" cx="12" cy="12" r="7" {}
                    circle class="mk-part" cx="12" cy="12" r="7" pathLength=(steps)
                        stroke-dasharray={ (place.max(1)) " " (steps) }
                        transform="rotate(-90 12 12)" {}
                }
                Progress::Read => {
                    path class="mk-tick" d="M3 12.5l4 4.5 8-9.5M10 15.5l1.5 1.5 8-9.5" {}
                }
            }
        }
        span class="visually-hidden" { (name.to(language)) }
    }
}

/// Where a little ladder's lifelines stand.
const LEFT: i32 = 120;
const RIGHT: i32 = Glyph::SIZE - LEFT;

fn draw(glyph: &Glyph) -> Markup {
    html! {
        svg class="glyph" viewBox={ "0 0 " (Glyph::SIZE) " " (Glyph::SIZE) } aria-hidden="true" {
            path class="gl-life" d={ "M" (LEFT) " 50V390M" (RIGHT) " 50V390" } {}
            @for each in &glyph.arrows { (arrow(each)) }
        }
    }
}

fn arrow(arrow: &GlyphArrow) -> Markup {
    let (from, to) = match arrow.from {
        handshake::Side::A => (LEFT, RIGHT),
        handshake::Side::B => (RIGHT, LEFT),
    };
    let part = |of: i32, whole: i32| of + (whole - of) * 55 / 100;
    let (x, y) = match arrow.end {
        GlyphEnd::Cross => (part(from, to), part(arrow.y, arrow.end_y)),
        GlyphEnd::Dot | GlyphEnd::Bar => (to, arrow.end_y),
    };
    html! {
        g class=(side_class(arrow.from)) {
            path class={
                    "gl-msg"
                    @if arrow.talks { " gl-talk" }
                    @if arrow.forged { " gl-fake" }
                } d={ "M" (from) " " (arrow.y) "L" (x) " " (y) } {}
            @match arrow.end {
                GlyphEnd::Cross => {
                    path class="gl-x" d={ "M" (x - 22) " " (y - 22) "l44 44m0-44l-44 44" } {}
                }
                GlyphEnd::Bar => path class="gl-bar" d={ "M" (x) " " (y - 40) "v80" } {},
                GlyphEnd::Dot => circle class="gl-end" cx=(x) cy=(y) r="19" {},
            }
        }
    }
}
