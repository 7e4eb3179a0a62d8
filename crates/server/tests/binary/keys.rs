use std::fs;

use crate::support::{headstart, keys, run};

#[test]
fn keys_are_made_once_and_stay() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let data = folder.path().join("deep/data");
    let (write, secret) = keys(&data);
    assert!(write.starts_with("wk_") && write.len() == 35, "{write}");
    assert!(secret.starts_with("sk_") && secret.len() == 67, "{secret}");
    assert_eq!(keys(&data), (write.clone(), secret));
    assert_ne!(keys(&folder.path().join("other")).0, write);
}

#[cfg(unix)]
#[test]
fn nobody_else_can_read_the_data() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let data = folder.path().join("data");
    keys(&data);
    let mode = |path| {
        fs::metadata(path)
            .expect("it is there")
            .permissions()
            .mode()
            & 0o777
    };
    assert_eq!(mode(data.clone()), 0o700);
    for file in fs::read_dir(&data).expect("a folder") {
        let path = file.expect("a file").path();
        assert_eq!(mode(path.clone()), 0o600, "{}", path.display());
    }
}

#[test]
fn a_folder_that_cannot_be_made_is_named_with_the_remedy() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("file");
    fs::write(&file, "x").expect("a file");
    let data = file.join("data");
    let (good, _, error) = run(headstart().args(["keys", "--data"]).arg(&data));
    assert!(!good);
    assert!(error.contains(&data.display().to_string()), "{error}");
    assert!(
        error.contains("choose another folder with --data"),
        "{error}"
    );
}

#[test]
fn a_database_of_a_newer_version_is_left_alone() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    keys(folder.path());
    let database = rusqlite::Connection::open(folder.path().join("headstart.db"));
    let database = database.expect("a database");
    database
        .pragma_update(None, "user_version", 99)
        .expect("it is written");
    let (good, _, error) = run(headstart().args(["keys", "--data"]).arg(folder.path()));
    assert!(!good);
    assert!(error.contains("newer Headstart"), "{error}");
}
