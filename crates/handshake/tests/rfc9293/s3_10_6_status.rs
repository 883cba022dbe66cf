//! Section 3.10.6: STATUS.

use handshake::{Call, CallError, Rule, State};

use crate::support::{calls, closed, every_state};

#[test]
fn there_is_no_status_without_a_connection() {
    calls(closed(), Call::Status)
        .follows(Rule::StatusWithoutConnection)
        .changes_nothing()
        .returns(Err(CallError::NoConnection));
}

#[test]
fn status_tells_and_changes_nothing() {
    for endpoint in every_state() {
        if endpoint.state() != State::Closed {
            let outcome = calls(endpoint, Call::Status)
                .follows(Rule::Status)
                .sends_nothing()
                .changes_nothing()
                .returns(Ok(()));
            assert_eq!(outcome.tcb().state, outcome.before.state());
        }
    }
}
