//! What the views call a message where it cannot be seen.

use handshake::{Packet, Side};

use super::{name, stranger};
use crate::Language;

/// What a message's sender and its receiver are called.
pub(crate) fn ends(packet: &Packet, language: Language) -> [String; 2] {
    [packet.from, packet.from.peer()].map(|side| match (side, packet.stranger) {
        (Side::A, Some(id)) => stranger(id, language),
        (side, _) => name(side).to(language).to_owned(),
    })
}

/// A message in full, for whoever hears it instead of seeing it: "Message 2, P to T, SYN and ACK,
/// seq 300, ack 101, arrived". The numbers and how it stands with it are given as they are shown.
pub(crate) fn message_name(
    packet: &Packet,
    numbers: &[String],
    standing: &str,
    language: Language,
) -> String {
    let (ordinal, segment) = (packet.id.0, &packet.segment);
    let [sender, receiver] = ends(packet, language);
    let flags: Vec<&str> = segment.flags.names().collect();
    let octets = segment.text.len();
    let (head, flags, text, comma) = match language.here() {
        Language::Chinese => {
            let flags =
                if flags.is_empty() { "没有标志".to_owned() } else { flags.join(" 和 ") };
            let head = format!("第 {ordinal} 封，{sender}寄给{receiver}");
            (head, flags, format!("{octets} 字节正文"), "，")
        }
        Language::English => {
            let flags = if flags.is_empty() { "no flags".to_owned() } else { flags.join(" and ") };
            let bytes = if octets == 1 { "byte" } else { "bytes" };
            let head = format!("Message {ordinal}, {sender} to {receiver}");
            (head, flags, format!("{octets} {bytes} of text"), ", ")
        }
    };
    let mut parts = vec![head, flags];
    parts.extend_from_slice(numbers);
    if octets > 0 {
        parts.push(text);
    }
    parts.push(standing.to_owned());
    parts.join(comma)
}
