//! Which item of a client was which one before: first by what the document calls it, then by its name, then by its shape.

use super::names::Names;
use super::{Item, Kind};

/// An item before and after; one of them is missing where it is new or gone.
pub(super) type Pair<'a> = (Option<&'a Item>, Option<&'a Item>);

/// Whether two items may be the same.
type Test<'t> = &'t dyn Fn(&Item, &Item) -> bool;

/// Pairs items: those that there are now in their order, then those that are gone.
pub(super) fn pair<'a>(before: &[&'a Item], after: &[&'a Item], names: &Names) -> Vec<Pair<'a>> {
    let has_key =
        |old: &Item, new: &Item| !new.key.is_empty() && names.translate(&old.key) == new.key;
    let has_name = |old: &Item, new: &Item| {
        names.translate(&old.path) == new.path && names.translate(&old.name) == new.name
    };
    let is_same = |old: &Item, new: &Item| has_key(old, new) && has_name(old, new);
    let is_only = |old: &Item, new: &Item| old.name.is_empty() && new.name.is_empty();
    let tests: [Test<'_>; 4] = [&is_same, &has_key, &has_name, &is_only];
    let mut pairing = Pairing::new(before, after);
    for test in tests {
        pairing.pair(test);
    }
    pairing.finish()
}

/// Pairs types as [`pair`] does and then, as long as that finds any, those left over of which one alone before and one alone after has
/// a shape. The new names are noted.
pub(super) fn pair_types<'a>(
    before: &[&'a Item],
    after: &[&'a Item],
    names: &mut Names,
) -> Vec<Pair<'a>> {
    let mut pairing = Pairing::new(before, after);
    let has_key = |old: &Item, new: &Item| old.key == new.key && !old.key.is_empty();
    pairing.pair(&|old, new| has_key(old, new) && old.name == new.name);
    pairing.pair(&has_key);
    pairing.pair(&|old, new| old.name == new.name);
    let mut known = 0;
    loop {
        for (old, new) in pairing.renamed() {
            names.add_type(&old.name, &new.name);
        }
        if pairing.count() == known {
            return pairing.finish();
        }
        known = pairing.count();
        pairing.pair_alone(&|old, new| {
            !old.children.is_empty()
                && shape(old, &|text| names.translate(text)) == shape(new, &str::to_owned)
        });
    }
}

/// Returns what a type is apart from its name.
fn shape(item: &Item, translate: &dyn Fn(&str) -> String) -> Vec<String> {
    let own = format!("types::{}", item.name);
    let text = |text: &str| {
        if text.contains(&own) {
            text.replace(&own, "Self")
        } else {
            translate(text)
        }
    };
    let children = item.children.iter().map(|child| {
        let kind = child.kind.as_str();
        format!(
            "{kind} {} {}: {}",
            child.name,
            child.key,
            text(&child.signature)
        )
    });
    std::iter::once(text(&item.signature))
        .chain(children)
        .collect()
}

/// Items that are being paired.
struct Pairing<'s, 'a> {
    before: &'s [&'a Item],
    after: &'s [&'a Item],
    /// For each item before, whether it has a partner.
    taken: Vec<bool>,
    /// For each item after, the index of its partner.
    partner: Vec<Option<usize>>,
}

impl<'s, 'a> Pairing<'s, 'a> {
    fn new(before: &'s [&'a Item], after: &'s [&'a Item]) -> Self {
        Self {
            before,
            after,
            taken: vec![false; before.len()],
            partner: vec![None; after.len()],
        }
    }

    /// Pairs those that are left over: the first that may be the same.
    fn pair(&mut self, test: Test<'_>) {
        for (new, partner) in self.after.iter().zip(&mut self.partner) {
            if partner.is_none() {
                let mut free = self.before.iter().zip(&mut self.taken).enumerate();
                if let Some((index, (_, taken))) = free
                    .find(|(_, (old, taken))| !**taken && old.kind == new.kind && test(old, new))
                {
                    *taken = true;
                    *partner = Some(index);
                }
            }
        }
    }

    /// Pairs those that are left over where there is only one on each side that may be the same.
    fn pair_alone(&mut self, test: Test<'_>) {
        let free_before: Vec<usize> = free(&self.taken, |taken| !taken).collect();
        let free_after: Vec<usize> = free(&self.partner, Option::is_none).collect();
        let candidates: Vec<(usize, usize)> = free_after
            .iter()
            .flat_map(|new| free_before.iter().map(move |old| (*old, *new)))
            .filter(
                |(old, new)| match (self.before.get(*old), self.after.get(*new)) {
                    (Some(old), Some(new)) => old.kind == new.kind && test(old, new),
                    _ => false,
                },
            )
            .collect();
        for (old, new) in &candidates {
            let is_alone = candidates
                .iter()
                .filter(|other| other.0 == *old || other.1 == *new)
                .count()
                == 1;
            if let (true, Some(taken), Some(partner)) = (
                is_alone,
                self.taken.get_mut(*old),
                self.partner.get_mut(*new),
            ) {
                *taken = true;
                *partner = Some(*old);
            }
        }
    }

    fn count(&self) -> usize {
        self.partner.iter().flatten().count()
    }

    fn paired(&self) -> impl Iterator<Item = Pair<'a>> {
        let old = |index: &Option<usize>| self.before.get((*index)?).copied();
        let pairs = self.after.iter().zip(&self.partner);
        pairs.map(move |(new, index)| (old(index), Some(*new)))
    }

    /// The pairs of which the names differ.
    fn renamed(&self) -> Vec<(&'a Item, &'a Item)> {
        self.paired()
            .filter_map(|(old, new)| Some((old?, new?)))
            .filter(|(old, new)| old.name != new.name)
            .collect()
    }

    fn finish(self) -> Vec<Pair<'a>> {
        let gone = self.before.iter().zip(&self.taken);
        let gone = gone.filter(|(_, taken)| !**taken);
        self.paired()
            .chain(gone.map(|(old, _)| (Some(*old), None)))
            .collect()
    }
}

fn free<T>(list: &[T], is_free: impl Fn(&T) -> bool) -> impl Iterator<Item = usize> {
    let indices = list.iter().enumerate();
    indices
        .filter(move |(_, one)| is_free(one))
        .map(|(index, _)| index)
}

/// Returns the items of a kind.
pub(super) fn of_kind(items: &[Item], kind: Kind) -> Vec<&Item> {
    items.iter().filter(|item| item.kind == kind).collect()
}
