//! RFC 9293, section by section: one file for each, every test named by the law that it proves.
//!
//! What is expected comes from the RFC and from nowhere else. Where its text and its figures differ
//! the figures are followed, and the test says so.

#[path = "../support/mod.rs"]
mod support;
mod vectors;

mod s3_4_3_quiet_time;
mod s3_4_numbers;
mod s3_5_figures;
mod s3_8_4_keep_alive;
mod s3_8_6_1_zero_window;
mod s3_8_6_3_delayed_ack;

mod s3_10_1_open;
mod s3_10_2_send;
mod s3_10_3_receive;
mod s3_10_4_close;
mod s3_10_5_abort;
mod s3_10_6_status;
mod s3_10_7_1_closed;
mod s3_10_7_2_listen;
mod s3_10_7_3_syn_sent;
mod s3_10_7_4_eighth_fin;
mod s3_10_7_4_fifth_ack;
mod s3_10_7_4_otherwise;
mod s3_10_7_4_seventh_text;
mod s3_10_7_every_segment;
mod s3_10_8_timeouts;

mod rfc5961;
mod rfc6298;
mod rfc7323;
