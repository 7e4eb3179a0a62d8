//! The data folder: everything a collector keeps, open to its owner only.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use crate::store::StoreError;

const DATABASE: &str = "headstart.db";
const LOCK: &str = "lock";

/// A data folder.
#[derive(Debug)]
pub(crate) struct Folder(PathBuf);

/// Keeps other collectors out of a data folder as long as it lives. The operating system lets go of
/// it however the process ends.
#[derive(Debug)]
pub(crate) struct Claim {
    #[expect(dead_code, reason = "held, not read")]
    lock: File,
}

impl Folder {
    /// Makes the folder and the database file if they are missing.
    ///
    /// # Errors
    /// [`StoreError::Folder`] when they cannot be made.
    pub(crate) fn open(path: &Path) -> Result<Self, StoreError> {
        make_private(path).map_err(|error| refuse(path, &error))?;
        let folder = Self(path.to_owned());
        let database = folder.database();
        // SQLite gives its side files the permissions of this one.
        private()
            .open(&database)
            .map_err(|error| refuse(&database, &error))?;
        Ok(folder)
    }

    /// Keeps other collectors out.
    ///
    /// # Errors
    /// [`StoreError::Folder`] when another one is in.
    pub(crate) fn claim(&self) -> Result<Claim, StoreError> {
        let path = self.0.join(LOCK);
        let lock = private()
            .open(&path)
            .map_err(|error| refuse(&path, &error))?;
        match lock.try_lock() {
            Ok(()) => Ok(Claim { lock }),
            Err(TryLockError::WouldBlock) => Err(StoreError::Folder {
                path: self.0.display().to_string(),
                problem: "another collector is running on this data folder".to_owned(),
                remedy: "end that one, or choose another folder with --data",
            }),
            Err(TryLockError::Error(error)) => Err(refuse(&path, &error)),
        }
    }

    /// The database's file.
    pub(crate) fn database(&self) -> PathBuf {
        self.0.join(DATABASE)
    }

    /// Takes from others the right to read what is in it, also where an earlier version or a copy
    /// left it open.
    pub(crate) fn close_to_others(&self) -> Result<(), StoreError> {
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            for name in [DATABASE, "headstart.db-wal", "headstart.db-shm"] {
                let path = self.0.join(name);
                match fs::set_permissions(&path, fs::Permissions::from_mode(0o600)) {
                    Err(error) if error.kind() != io::ErrorKind::NotFound => {
                        return Err(refuse(&path, &error));
                    }
                    _ => {}
                }
            }
        }
        Ok(())
    }
}

fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options
}

fn make_private(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(path)
}

fn refuse(path: &Path, error: &io::Error) -> StoreError {
    StoreError::Folder {
        path: path.display().to_string(),
        problem: error.to_string(),
        remedy: "see to its permissions, or choose another folder with --data",
    }
}
