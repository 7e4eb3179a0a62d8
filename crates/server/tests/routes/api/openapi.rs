use crate::support::Collector;

#[tokio::test]
async fn the_routes_describe_themselves() {
    let collector = Collector::start();
    let answer = collector.get("/api/openapi.json").await;
    assert_eq!(answer.status, 200);
    let mut document = answer.json();
    assert!(document["components"]["schemas"]["ContentDocument"].is_object());
    // Core's own, and tested there.
    let schemas = document["components"]["schemas"].as_object_mut();
    let schemas = schemas.expect("schemas");
    schemas["ContentDocument"] = "…".into();
    insta::assert_json_snapshot!(document);
}

#[tokio::test]
async fn every_schema_that_is_pointed_to_is_there() {
    let collector = Collector::start();
    let text = collector.get("/api/openapi.json").await.text();
    let document: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let mut pointers = 0;
    for rest in text.split("\"$ref\":\"#").skip(1) {
        let pointer = rest.split('"').next().expect("a quote");
        assert!(document.pointer(pointer).is_some(), "{pointer} is missing");
        pointers += 1;
    }
    assert!(pointers > 10);
}
