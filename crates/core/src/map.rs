//! The map that core is made of.

use std::iter;
use std::slice;
use std::vec;

use serde::{Serialize, Serializer};

/// A map from names to things, kept as one list in the order of the names. Headstart's maps have a handful of
/// entries; in WebAssembly each kind of B-tree would cost several kilobytes of code, and this one a few
/// hundred bytes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Map<K, V>(Vec<(K, V)>);

type Pair<'a, K, V> = fn(&'a (K, V)) -> (&'a K, &'a V);

impl<K, V> Map<K, V> {
    /// One without entries.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// How many entries it has.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether it has no entry.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes all entries out.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Names and things, in the order of the names.
    pub fn iter(&self) -> iter::Map<slice::Iter<'_, (K, V)>, Pair<'_, K, V>> {
        self.0.iter().map(|(key, value)| (key, value))
    }

    /// The names, in order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &K> {
        self.0.iter().map(|(key, _)| key)
    }

    /// The things, in the order of their names.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> {
        self.0.iter().map(|(_, value)| value)
    }
}

impl<K: AsRef<str>, V> Map<K, V> {
    /// What has that name.
    pub fn get(&self, name: &(impl AsRef<str> + ?Sized)) -> Option<&V> {
        let place = self.find(name.as_ref()).ok()?;
        self.0.get(place).map(|(_, value)| value)
    }

    /// The same, to be changed.
    pub fn get_mut(&mut self, name: &(impl AsRef<str> + ?Sized)) -> Option<&mut V> {
        let place = self.find(name.as_ref()).ok()?;
        self.0.get_mut(place).map(|(_, value)| value)
    }

    /// Whether something has that name.
    pub fn contains_key(&self, name: &(impl AsRef<str> + ?Sized)) -> bool {
        self.find(name.as_ref()).is_ok()
    }

    /// Puts something in, in the place of what had that name.
    pub fn insert(&mut self, name: K, value: V) {
        match self.find(name.as_ref()) {
            Ok(place) => self.0[place].1 = value,
            Err(place) => self.0.insert(place, (name, value)),
        }
    }

    /// Takes out what has that name.
    pub fn remove(&mut self, name: &(impl AsRef<str> + ?Sized)) -> Option<V> {
        let place = self.find(name.as_ref()).ok()?;
        Some(self.0.remove(place).1)
    }

    /// What has that name; if nothing has, the default is put in.
    pub fn or_default(&mut self, name: &K) -> &mut V
    where
        K: Clone,
        V: Default,
    {
        let place = match self.find(name.as_ref()) {
            Ok(place) => place,
            Err(place) => {
                self.0.insert(place, (name.clone(), V::default()));
                place
            }
        };
        &mut self.0[place].1
    }

    /// Where a name is, or belongs. By hand, since the standard library's search is made for long lists.
    fn find(&self, name: &str) -> Result<usize, usize> {
        let (mut low, mut high) = (0, self.0.len());
        while low < high {
            let middle = low.midpoint(high);
            match self.0[middle].0.as_ref().cmp(name) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Equal => return Ok(middle),
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        Err(low)
    }
}

impl<K, V> Default for Map<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K: AsRef<str>, V> FromIterator<(K, V)> for Map<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut map = Self::new();
        for (name, value) in entries {
            map.insert(name, value);
        }
        map
    }
}

impl<K, V> IntoIterator for Map<K, V> {
    type Item = (K, V);
    type IntoIter = vec::IntoIter<(K, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a, K, V> IntoIterator for &'a Map<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = iter::Map<slice::Iter<'a, (K, V)>, Pair<'a, K, V>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<K: Serialize, V: Serialize> Serialize for Map<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}
