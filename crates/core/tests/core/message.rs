use headstart_core::json::to_text;
use headstart_core::{Body, Map, Message, Person};

fn message(body: Body) -> Message {
    Message {
        id: "tab-1".into(),
        at: 1_795_343_400_250,
        person: Person {
            anonymous: "anon".into(),
            user: Some("user-1".into()),
        },
        body,
    }
}

#[test]
fn each_message_has_segments_form() {
    let properties = || Map::from_iter([("amount".to_owned(), 12.5.into())]);
    let messages = [
        message(Body::Track {
            event: "Invoice Created".into(),
            properties: properties(),
        }),
        message(Body::Identify {
            traits: properties(),
        }),
        message(Body::Group {
            account: "account-1".into(),
            traits: properties(),
        }),
        message(Body::Page {
            name: Some("Invoices".into()),
            properties: properties(),
        }),
        message(Body::Page {
            name: None,
            properties: properties(),
        }),
    ];
    let lines: Vec<String> = messages
        .iter()
        .map(|message| to_text(&message.to_value()))
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn without_a_user_only_the_browser_is_named() {
    let mut message = message(Body::Identify {
        traits: Map::from_iter([]),
    });
    message.person.user = None;
    assert!(!to_text(&message.to_value()).contains("userId"));
    assert_eq!(message.person.key(), "anon");
}
