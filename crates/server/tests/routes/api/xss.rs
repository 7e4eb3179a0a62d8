//! Every vector of `tests/corpus/xss.txt` in everything that an author writes and a host tells: it is
//! refused, or what browsers are given has only the tags, attributes and addresses that are allowed, and the
//! vector in it is text.

use std::collections::{BTreeMap, BTreeSet};

use headstart_core::content::rich_text::{Element, Node, RichText, Tag, fill};
use headstart_core::decode::is_safe;
use headstart_core::{Boot, Content, ContentDocument, Kind};
use serde_json::{Value, json};

use crate::support::{Collector, with};
use places::{ADDRESSES, NAMES, NEVER, Place, RICH, TEXTS, TRANSLATED_RICH, TRANSLATED_TEXTS};

mod places;

const CORPUS: &str = include_str!("../../../../../tests/corpus/xss.txt");

/// The corpus, as its first lines say how to read it.
fn vectors() -> Vec<String> {
    let lines = CORPUS
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with("# "));
    lines.map(unescape).collect()
}

/// With the characters that `\u{…}` stands for.
fn unescape(line: &str) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("\\u{") {
        text.push_str(before);
        let (digits, after) = after.split_once('}').expect("it is closed");
        let number = u32::from_str_radix(digits, 16).expect("hexadecimal digits");
        text.push(char::from_u32(number).expect("a character"));
        rest = after;
    }
    text + rest
}

#[test]
fn the_corpus_is_large_and_says_nothing_twice() {
    let vectors = vectors();
    assert!(vectors.len() > 700, "{}", vectors.len());
    let different: BTreeSet<&String> = vectors.iter().collect();
    assert_eq!(different.len(), vectors.len());
}

/// What browsers in German get of the documents that are taken, by vector.
async fn delivered(place: Place) -> BTreeMap<String, Value> {
    let vectors = vectors();
    let mut documents: BTreeMap<String, Value> = BTreeMap::new();
    for (number, vector) in vectors.iter().enumerate() {
        let id = format!("v{number}");
        documents.insert(id.clone(), with(place(vector), json!({ "id": id })));
    }
    let collector = Collector::start();
    let push = async |documents: &BTreeMap<String, Value>| {
        collector
            .push(json!(documents.values().collect::<Vec<_>>()))
            .await
    };
    let answer = push(&documents).await;
    if answer.status != 200 {
        assert_eq!(answer.status, 422, "{}", answer.text());
        for problem in answer.json()["problems"].as_array().expect("problems") {
            let told = |name: &str| problem[name].as_str().expect("a text").to_owned();
            assert!(
                !told("path").is_empty() && !told("message").is_empty(),
                "{problem}"
            );
            documents.remove(&told("content"));
        }
        let answer = push(&documents).await;
        assert_eq!(answer.status, 200, "the others are good: {}", answer.text());
    }
    collector.admin_post("/api/v1/content/publish", "{}").await;
    let boot = collector.boot(json!({ "language": "de" })).await;
    let content = boot["content"].as_array().expect("content");
    assert_eq!(content.len(), documents.len());
    let of_vector = |document: &Value| {
        let id = document["id"].as_str().expect("an id");
        let number: usize = id.trim_start_matches('v').parse().expect("a number");
        (vectors[number].clone(), document.clone())
    };
    content.iter().map(of_vector).collect()
}

/// All rich texts in a piece of content.
fn rich_texts(content: &Content) -> Vec<&RichText> {
    match &content.kind {
        Kind::Checklist(list) => (list.description.iter())
            .chain(&list.done_message)
            .chain(
                list.tasks
                    .iter()
                    .filter_map(|task| task.description.as_ref()),
            )
            .collect(),
        Kind::Guide(guide) => {
            let steps = guide.steps.iter();
            steps.filter_map(|step| step.body.as_ref()).collect()
        }
    }
}

fn read(document: &Value) -> Content {
    let read: ContentDocument = serde_json::from_value(document.clone()).expect("a document");
    read.into()
}

/// Judged by a list of its own, so that a slip in core's is noticed.
fn assert_harmless(nodes: &[Node], vector: &str) {
    for node in nodes {
        let Node::Element(Element {
            tag,
            attributes,
            children,
        }) = node
        else {
            continue;
        };
        let allowed: &[&str] = match tag.name() {
            "p" | "strong" | "em" | "ul" | "ol" | "li" | "code" | "pre" | "br" => &[],
            "a" => &["href"],
            "img" => &["src", "alt", "width", "height"],
            other => panic!("<{other}> of {vector:?}"),
        };
        for (name, value) in attributes {
            assert!(allowed.contains(&name.as_str()), "{name} of {vector:?}");
            if ["href", "src"].contains(&name.as_str()) {
                assert!(is_safe(*tag, value), "{value:?} of {vector:?}");
                assert_leads_nowhere(value, *tag == Tag::Link, vector);
            }
        }
        assert_harmless(children, vector);
    }
}

/// As browsers read it: they take off what is around it, pass over tabs and ends of lines, and take `\` for
/// `/`. Source: the URL Standard, "basic URL parser".
fn assert_leads_nowhere(address: &str, is_link: bool, vector: &str) {
    let trimmed = address.trim_matches(|c: char| c <= ' ');
    let read: String = trimmed.chars().filter(|c| !"\t\n\r".contains(*c)).collect();
    let end = read.find(|c: char| !c.is_ascii_alphanumeric() && !"+-.".contains(c));
    let Some((scheme, rest)) = end.map(|end| read.split_at(end)) else {
        return;
    };
    if !scheme.is_empty() && rest.starts_with(':') {
        let scheme = scheme.to_ascii_lowercase();
        let mut allowed = vec!["http", "https"];
        allowed.extend(is_link.then_some("mailto"));
        assert!(
            allowed.contains(&scheme.as_str()),
            "{address:?} of {vector:?}"
        );
    }
}

#[tokio::test]
async fn a_text_is_refused_or_delivered_as_it_is() {
    for (name, place) in TEXTS.into_iter().chain(NAMES) {
        let delivered = delivered(place).await;
        assert!(delivered.len() > 100, "{name}: {}", delivered.len());
        for (vector, document) in &delivered {
            let mut expect = with(place(vector), json!({ "id": document["id"], "version": 1 }));
            // Several targets are delivered as one.
            if let Some(Value::Array(targets)) = expect.get("target") {
                let targets: Vec<&str> = targets.iter().filter_map(Value::as_str).collect();
                expect["target"] = json!(targets.join(" || "));
            }
            assert_eq!(*document, expect, "{name}: {vector:?}");
        }
    }
}

#[tokio::test]
async fn a_rich_text_is_refused_or_has_only_what_is_allowed() {
    let mut counts = Vec::new();
    for (name, place) in RICH {
        let delivered = delivered(place).await;
        counts.push(format!(
            "{name}: {} of {}",
            delivered.len(),
            vectors().len()
        ));
        for (vector, document) in &delivered {
            let content = read(document);
            let texts = rich_texts(&content);
            assert_eq!(texts.len(), 1, "{name}: {vector:?}");
            for text in texts {
                assert_harmless(&text.0, vector);
            }
        }
    }
    insta::assert_snapshot!(counts.join("\n"));
}

#[tokio::test]
async fn a_translation_is_refused_or_delivered_as_its_document_would_be() {
    for (path, place) in TRANSLATED_TEXTS {
        let delivered = delivered(place).await;
        assert!(delivered.len() > 700, "{path}: {}", delivered.len());
        for (vector, document) in &delivered {
            assert_eq!(document["language"], "de", "{path}: {vector:?}");
            assert_eq!(document.pointer(path), Some(&json!(vector)), "{path}");
        }
    }
    for (name, place) in TRANSLATED_RICH {
        let mut found = 0;
        for (vector, document) in delivered(place).await {
            assert_eq!(document["language"], "de", "{name}: {vector:?}");
            let content = read(&document);
            for text in rich_texts(&content) {
                assert_harmless(&text.0, &vector);
                found += 1;
            }
        }
        assert!(found > 0, "{name}");
    }
}

#[tokio::test]
async fn an_address_is_refused_or_leads_where_it_may() {
    for (name, place) in ADDRESSES {
        for (vector, document) in delivered(place).await {
            let mut found = BTreeSet::new();
            addresses(&document, &mut found);
            let is_path = name.starts_with("path");
            for address in found {
                assert_eq!(address, vector, "{name}");
                assert_leads_nowhere(&address, true, &vector);
                let read: String = address.chars().filter(|c| *c > ' ').collect();
                let stays = read.starts_with('/') && !read[1..].starts_with(['/', '\\']);
                assert_eq!(is_path, stays, "{name}: {vector:?}");
            }
        }
    }
}

/// The values of all fields that are addresses.
fn addresses(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| addresses(item, found)),
        Value::Object(fields) => {
            for (name, value) in fields {
                match value.as_str() {
                    Some(text) if ["link", "path"].contains(&name.as_str()) => {
                        found.insert(text.to_owned());
                    }
                    _ => addresses(value, found),
                }
            }
        }
        _ => {}
    }
}

#[tokio::test]
async fn where_only_a_name_may_stand_no_markup_gets_through() {
    for (name, place) in NEVER {
        let delivered = delivered(place).await;
        for vector in delivered.keys() {
            let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
            assert!(vector.chars().all(plain), "{name}: {vector:?}");
        }
    }
}

#[tokio::test]
async fn a_trait_fills_a_text_and_is_nothing_but_text() {
    let content = json!([{
        "id": "m", "kind": "modal", "title": "Hello {{user.name | there}}!",
        "body": "- Hello **{{user.name | there}}**, see [{{user.name}}](https://example.com/)"
    }]);
    let collector = Collector::with_content(content).await;
    let vectors = vectors();
    let identify = |(number, vector): (usize, &String)| json!({ "type": "identify", "userId": format!("u{number}"), "traits": { "name": vector } });
    for some in vectors.iter().enumerate().collect::<Vec<_>>().chunks(100) {
        let messages: Vec<Value> = some.iter().copied().map(identify).collect();
        collector.take(json!(messages)).await;
    }
    for (number, vector) in vectors.iter().enumerate() {
        let boot = collector
            .boot(json!({ "userId": format!("u{number}") }))
            .await;
        let boot: Boot = serde_json::from_value(boot).expect("a boot");
        let guide = boot.content[0].guide().expect("a modal");
        let title = fill(&guide.title, &boot.known);
        assert_eq!(title, format!("Hello {vector}!"));
        let body = guide.steps[0].body.as_ref().expect("a body");
        let filled = body.filled(&boot.known);
        assert_eq!(filled.text(), format!("Hello {vector}, see {vector}"));
        assert_eq!(shape(&filled.0), shape(&body.0), "{vector:?}");
    }
}

/// The tags and attributes without the texts.
fn shape(nodes: &[Node]) -> String {
    let shapes = nodes.iter().map(|node| match node {
        Node::Text(_) => "text".to_owned(),
        Node::Element(element) => {
            let attributes = &element.attributes;
            format!(
                "{}{attributes:?}({})",
                element.tag.name(),
                shape(&element.children)
            )
        }
    });
    shapes.collect::<Vec<_>>().join(",")
}
