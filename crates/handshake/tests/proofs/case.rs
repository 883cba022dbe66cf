//! A case: where to begin, what may happen, and what comes out.

use handshake::{Budget, Choice, Explorer, Property, Trace, World, properties};

use crate::graph::Graph;
use crate::plan;
use crate::support::run;

/// May this choice be tried in this world, so much being left?
pub(crate) type Plan = fn(&World, Budget, &Choice) -> bool;

/// Nothing goes wrong, and nobody says anything more.
pub(crate) const NOTHING: Budget =
    Budget { drops: 0, duplicates: 0, timeouts: 0, calls: 0, crashes: 0, forgeries: 0 };

/// Anything may be lost, and is sent again, as often as one likes.
pub(crate) const LOSSY: Budget =
    Budget { drops: Budget::UNLIMITED, timeouts: Budget::UNLIMITED, ..NOTHING };

/// Where to begin and what may happen.
#[derive(Clone)]
pub(crate) struct Case {
    pub(crate) start: String,
    pub(crate) budget: Budget,
    pub(crate) plan: Plan,
}

/// A case in which timers keep to [`plan::patient`].
pub(crate) fn case(start: &str, budget: Budget) -> Case {
    Case { start: format!("v1~{start}"), budget, plan: plan::patient }
}

impl Case {
    /// The same case with another plan.
    pub(crate) fn with(self, plan: Plan) -> Case {
        Case { plan, ..self }
    }

    /// Everything that can happen.
    pub(crate) fn explored(&self, properties: Vec<Property>) -> Explorer {
        let start = run(&self.start);
        let mut explorer = Explorer::new(start, properties, self.budget).only(self.plan);
        explorer.finish();
        explorer
    }

    /// There are so many worlds, all claims hold, except those that fail after so many steps.
    #[track_caller]
    pub(crate) fn proves(&self, worlds: usize, failing: &[(&str, usize)]) -> &Case {
        let properties: Vec<Property> = properties::all().into();
        self.proves_of(properties, worlds, failing)
    }

    /// The same of other claims.
    #[track_caller]
    pub(crate) fn proves_of(
        &self,
        properties: Vec<Property>,
        worlds: usize,
        failing: &[(&str, usize)],
    ) -> &Case {
        let explorer = self.explored(properties);
        let decided: Vec<(&str, usize)> = explorer
            .properties()
            .iter()
            .enumerate()
            .filter_map(|(index, property)| {
                explorer.discovery(index).map(|run| (property.name, self.steps_in(&run)))
            })
            .collect();
        assert_eq!(decided, failing, "{}", self.start);
        assert_eq!(explorer.unique(), worlds, "{}", self.start);
        self
    }

    /// How long a counterexample is, counted from where the case begins.
    pub(crate) fn steps_in(&self, found: &Trace) -> usize {
        found.len() - run(&self.start).len()
    }

    /// How many steps lead to the first example or counterexample, if there is one.
    pub(crate) fn steps_to(&self, property: Property) -> Option<usize> {
        self.explored(vec![property]).discovery(0).map(|run| self.steps_in(&run))
    }

    /// All worlds and what leads from one to another.
    pub(crate) fn graph(&self, aim: fn(&World) -> bool) -> Graph {
        let start = run(&self.start);
        Graph::new(start.last(), self.budget, self.plan, aim)
    }

    /// From every world some way leads to the aim (AG EF); and counted again, the worlds are as
    /// many as the explorer finds.
    #[track_caller]
    pub(crate) fn can_always_come_to(&self, aim: fn(&World) -> bool) -> &Case {
        let graph = self.graph(aim);
        assert_eq!(graph.astray(), None, "{}: after so many steps there is no way", self.start);
        assert_eq!(graph.worlds(), self.explored(Vec::new()).unique());
        self
    }

    /// So many steps can lead to a world from which no way leads to the aim, and no fewer.
    #[track_caller]
    pub(crate) fn can_miss(&self, aim: fn(&World) -> bool, after: usize) -> &Case {
        let graph = self.graph(aim);
        assert_eq!(graph.astray(), Some(after), "{}", self.start);
        assert_eq!(graph.worlds(), self.explored(Vec::new()).unique());
        self
    }
}
