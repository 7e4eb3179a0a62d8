use crate::support::{headstart, keys, run};

#[test]
fn the_lines_for_a_page_have_the_address_and_the_write_key() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let data = folder.path().join("data");
    let (write_key, secret_key) = keys(&data);
    let (good, text, _) = run(headstart()
        .args(["script", "https://onboarding.example/", "--data"])
        .arg(&data));
    assert!(good);
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].starts_with("<script>window.headstart="), "{text}");
    assert_eq!(
        lines[1..],
        [format!(
            r#"<script async src="https://onboarding.example/headstart.js" data-write-key="{write_key}"></script>"#
        )]
    );
    assert!(!text.contains(&secret_key));
}
