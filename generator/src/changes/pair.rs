//! Which item of a client was which one before: first by what the document calls it, then by its name, then by its shape.

use std::collections::BTreeMap;

use super::names::Names;
use super::{Item, Kind};

/// An item before and after; one of them is missing where it is new or gone.
pub(super) type Pair<'a> = (Option<&'a Item>, Option<&'a Item>);

/// Pairs items: those that there are now in their order, then those that are gone.
pub(super) fn pair<'a>(before: &[&'a Item], after: &[&'a Item], names: &Names) -> Vec<Pair<'a>> {
    type Text<'t> = &'t dyn Fn(&str) -> String;
    let has_key = |item: &Item, text: Text<'_>| (!item.key.is_empty()).then(|| text(&item.key));
    let has_name = |item: &Item, text: Text<'_>| Some((text(&item.path), text(&item.name)));
    let is_same = |item: &Item, text: Text<'_>| has_key(item, text).zip(has_name(item, text));
    let is_only = |item: &Item, _: Text<'_>| item.name.is_empty().then_some(());
    let translate = |text: &str| names.translate(text);
    let mut pairing = Pairing::new(before, after);
    pairing.pair(
        |old| is_same(old, &translate),
        |new| is_same(new, &str::to_owned),
    );
    pairing.pair(
        |old| has_key(old, &translate),
        |new| has_key(new, &str::to_owned),
    );
    pairing.pair(
        |old| has_name(old, &translate),
        |new| has_name(new, &str::to_owned),
    );
    pairing.pair(
        |old| is_only(old, &translate),
        |new| is_only(new, &str::to_owned),
    );
    pairing.finish()
}

/// Pairs types as [`pair`] does and then, as long as that finds any, those left over of which one alone before and one alone after has
/// a shape. The new names are noted.
pub(super) fn pair_types<'a>(
    before: &[&'a Item],
    after: &[&'a Item],
    names: &mut Names,
) -> Vec<Pair<'a>> {
    fn key(item: &Item) -> Option<&str> {
        Some(item.key.as_str()).filter(|key| !key.is_empty())
    }
    let mut pairing = Pairing::new(before, after);
    let is_same = |item: &'a Item| Some((key(item)?, item.name.as_str()));
    pairing.pair(is_same, is_same);
    pairing.pair(key, key);
    pairing.pair(|old| Some(&old.name), |new| Some(&new.name));
    let mut known = 0;
    loop {
        for (old, new) in pairing.renamed() {
            names.add_type(&old.name, &new.name);
        }
        if pairing.count() == known {
            return pairing.finish();
        }
        known = pairing.count();
        let has_shape = |item: &Item| !item.children.is_empty();
        pairing.pair_alone(
            |old| has_shape(old).then(|| shape(old, &|text| names.translate(text))),
            |new| has_shape(new).then(|| shape(new, &str::to_owned)),
        );
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

    /// Pairs those that are left over and have the same value: the first with the first.
    fn pair<T: Ord>(
        &mut self,
        value_before: impl Fn(&'a Item) -> Option<T>,
        value_after: impl Fn(&'a Item) -> Option<T>,
    ) {
        for (old, new) in self.groups(value_before, value_after).into_values() {
            for (old, new) in old.into_iter().zip(new) {
                self.join(old, new);
            }
        }
    }

    /// Pairs those that are left over where only one on each side has a value.
    fn pair_alone<T: Ord>(
        &mut self,
        value_before: impl Fn(&'a Item) -> Option<T>,
        value_after: impl Fn(&'a Item) -> Option<T>,
    ) {
        for group in self.groups(value_before, value_after).into_values() {
            if let ([old], [new]) = (group.0.as_slice(), group.1.as_slice()) {
                self.join(*old, *new);
            }
        }
    }

    /// Returns the indices of those that are left over, before and after, by their kind and value.
    fn groups<T: Ord>(
        &self,
        value_before: impl Fn(&'a Item) -> Option<T>,
        value_after: impl Fn(&'a Item) -> Option<T>,
    ) -> BTreeMap<(Kind, T), (Vec<usize>, Vec<usize>)> {
        let mut groups: BTreeMap<(Kind, T), (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        let before = self.before.iter().zip(&self.taken).enumerate();
        for (index, (old, _)) in before.filter(|(_, (_, taken))| !**taken) {
            if let Some(value) = value_before(old) {
                groups.entry((old.kind, value)).or_default().0.push(index);
            }
        }
        let after = self.after.iter().zip(&self.partner).enumerate();
        for (index, (new, _)) in after.filter(|(_, (_, partner))| partner.is_none()) {
            if let Some(value) = value_after(new) {
                groups.entry((new.kind, value)).or_default().1.push(index);
            }
        }
        groups
    }

    fn join(&mut self, old: usize, new: usize) {
        if let (Some(taken), Some(partner)) = (self.taken.get_mut(old), self.partner.get_mut(new)) {
            *taken = true;
            *partner = Some(old);
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

/// Returns the items of a kind.
pub(super) fn of_kind(items: &[Item], kind: Kind) -> Vec<&Item> {
    items.iter().filter(|item| item.kind == kind).collect()
}
