//! What has another name in the later description.

use super::{Comparison, Node};

/// How much of two names must be the same.
const LIKENESS: f64 = 0.5;

type Members<'a> = Vec<(&'a str, Node<'a>)>;

impl<'a> Comparison<'a> {
    /// Takes those out of both lists that have another name on the other side and are the same otherwise: the only ones that are left,
    /// or those of a similar name. Returns the pairs.
    pub(super) fn renamed(
        &self,
        earlier: &mut Members<'a>,
        later: &mut Members<'a>,
    ) -> Vec<(Node<'a>, Node<'a>, &'a str, &'a str)> {
        let names = |members: &Members<'a>| -> Vec<&'a str> {
            members.iter().map(|(name, _)| *name).collect()
        };
        let (before, after) = (names(earlier), names(later));
        let gone: Vec<_> = before.iter().filter(|name| !after.contains(name)).collect();
        let new: Vec<_> = after.iter().filter(|name| !before.contains(name)).collect();
        let is_only = gone.len() == 1 && new.len() == 1;
        let mut candidates = Vec::new();
        for old in &gone {
            for name in &new {
                let likeness = strsim::normalized_damerau_levenshtein(old, name);
                candidates.push((likeness, **old, **name));
            }
        }
        candidates.sort_by(|left, right| right.0.total_cmp(&left.0));
        let mut pairs = Vec::new();
        for (likeness, old, name) in candidates {
            let find = |members: &Members<'a>, name: &str| {
                let position = members.iter().position(|(other, _)| *other == name)?;
                Some((position, members.get(position)?.1.clone()))
            };
            let (Some((at_old, before)), Some((at_new, after))) =
                (find(earlier, old), find(later, name))
            else {
                continue;
            };
            if (is_only || likeness >= LIKENESS) && self.is_same(&before, &after) {
                earlier.remove(at_old);
                later.remove(at_new);
                pairs.push((before, after, old, name));
            }
        }
        pairs
    }

    /// Whether two nodes say the same, but for their own names.
    fn is_same(&self, earlier: &Node<'a>, later: &Node<'a>) -> bool {
        let earlier = earlier.resolved(self.earlier);
        let later = later.resolved(self.later);
        let mut trial = Comparison {
            earlier: self.earlier,
            later: self.later,
            compared: self.compared.clone(),
            findings: Vec::new(),
        };
        trial.schema(&earlier, &later, "");
        match (earlier.get("schema"), later.get("schema")) {
            (Some(earlier), Some(later)) => trial.schema(&earlier, &later, ""),
            (None, None) => {}
            _ => return false,
        }
        trial.findings.is_empty()
    }
}
