use headstart_core::Map;
use headstart_core::Value;
use proptest::prelude::*;

/// Any JSON value, a few levels deep.
pub fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        (-1e9..1e9_f64).prop_map(Value::Number),
        (-1000_i32..1000).prop_map(|n| Value::Number(f64::from(n))),
        "\\PC{0,8}".prop_map(Value::Text),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::List),
            prop::collection::btree_map("[a-z\"\\\\]{0,4}", inner, 0..4)
                .prop_map(Map::from_iter)
                .prop_map(Value::Map),
        ]
    })
}

#[test]
fn every_kind_of_json_is_read() {
    let text = r#"{"a":[null,true,1,-2.5,"x"],"b":{}}"#;
    let value: Value = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::to_string(&value).unwrap(), text);
}

#[test]
fn whole_numbers_are_written_whole() {
    let check = |number: f64, text: &str| {
        assert_eq!(serde_json::to_string(&Value::Number(number)).unwrap(), text);
    };
    check(3.0, "3");
    check(-3.0, "-3");
    check(9_007_199_254_740_991.0, "9007199254740991");
    check(2.5, "2.5");
}

proptest! {
    #[test]
    fn values_have_a_total_order(a in any_value(), b in any_value(), c in any_value()) {
        prop_assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
        if a <= b && b <= c {
            prop_assert!(a <= c);
        }
        prop_assert_eq!(a == b, a.cmp(&b).is_eq());
    }
}
