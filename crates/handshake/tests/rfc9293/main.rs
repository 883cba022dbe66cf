//! RFC 9293, section by section: one file for each, every test named by the law that it proves.
//!
//! What is expected comes from the RFC and from nowhere else. Where its text and its figures differ
//! the figures are followed, and the test says so.

#[path = "../support/mod.rs"]
mod support;
mod vectors;

mod s3_4_numbers;
mod s3_5_figures;

mod s3_10_1_open;
mod s3_10_7_1_closed;
mod s3_10_7_2_listen;
mod s3_10_7_3_syn_sent;
mod s3_10_7_4_otherwise;
mod s3_10_7_every_segment;
mod s3_10_8_timeouts;
