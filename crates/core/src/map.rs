//! The map that core is made of.

/// A map kept as one sorted list. Headstart's maps have a handful of entries; in WebAssembly each
/// kind of B-tree would cost several kilobytes of code, and this a few hundred bytes.
pub type Map<K, V> = litemap::LiteMap<K, V>;
