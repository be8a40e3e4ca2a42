//! A map whose keys take long to hash.

use std::collections::HashMap;
use std::hash::Hash;

/// How many keys are compared one by one.
const FEW: usize = 8;

/// Values by keys such as whole nodes. A few keys are compared in less time than one is hashed. Many are hashed, so that adding each takes
/// no longer than adding the first.
#[derive(Debug, Clone)]
pub struct EqualityMap<K, V = ()> {
    few: Vec<(K, V)>,
    /// All entries, where there are more than a few.
    many: HashMap<K, V>,
}

impl<K, V> Default for EqualityMap<K, V> {
    fn default() -> Self {
        Self {
            few: Vec::new(),
            many: HashMap::new(),
        }
    }
}

impl<K: Eq + Hash, V> EqualityMap<K, V> {
    /// Returns the value of a key.
    #[must_use]
    pub fn get(&self, key: &K) -> Option<&V> {
        if self.many.is_empty() {
            let mut few = self.few.iter();
            return few.find_map(|(known, value)| (known == key).then_some(value));
        }
        self.many.get(key)
    }

    /// Whether there is no entry.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.few.is_empty() && self.many.is_empty()
    }

    /// Adds a key with its value, unless it is known. Returns whether it was not.
    pub fn insert(&mut self, key: K, value: V) -> bool {
        if self.get(&key).is_some() {
            return false;
        }
        if self.many.is_empty() && self.few.len() < FEW {
            self.few.push((key, value));
        } else {
            self.many.extend(self.few.drain(..));
            self.many.insert(key, value);
        }
        true
    }
}

impl<K: Eq + Hash> EqualityMap<K> {
    /// Adds a key, and returns whether it was not known.
    pub fn add(&mut self, key: K) -> bool {
        self.insert(key, ())
    }
}
