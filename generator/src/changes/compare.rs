//! Compares two lists of items.

use super::names::{Aliases, Names};
use super::pair::{Pair, of_kind, pair, pair_types};
use super::surface::{
    ENUM_OF_STRINGS, ENUM_OF_TYPES, NULLABLE, ORDER_OF_VARIANTS, PRESENCE, TAG, UNLISTED,
};
use super::verdict::verdict;
use super::{Change, Changes, Fact, Item, Kind, Side, Surface, What, merge};

/// Returns what has changed from one client to another.
#[must_use]
pub fn compare(before: &Surface, after: &Surface) -> Changes {
    let mut names = Names::default();
    let types = pair_types(
        &of_kind(&before.items, Kind::Type),
        &of_kind(&after.items, Kind::Type),
        &mut names,
    );
    let old_groups = of_kind(&before.items, Kind::Group);
    let new_groups = of_kind(&after.items, Kind::Group);
    let groups = pair(&old_groups, &new_groups, &names);
    for (old, new) in &groups {
        if let (Some(old), Some(new)) = (old, new)
            && old.name != new.name
        {
            names.add_group(&old.name, &new.name);
        }
    }
    // An operation that moves to another group is the same one.
    let old_operations = operations(&old_groups);
    let operations = pair(&old_operations, &operations(&new_groups), &names);
    let mut comparison = Comparison {
        names,
        aliases: (Aliases::of(before), Aliases::of(after)),
        list: Vec::new(),
    };
    for kind in [Kind::Api, Kind::Export, Kind::Credential] {
        let pairs = pair(
            &of_kind(&before.items, kind),
            &of_kind(&after.items, kind),
            &comparison.names,
        );
        comparison.pairs(&pairs, None);
    }
    comparison.pairs(&groups, None);
    comparison.pairs(&operations, None);
    comparison.pairs(&types, None);
    Changes {
        list: merge::merge(comparison.list),
    }
}

fn operations<'a>(groups: &[&'a Item]) -> Vec<&'a Item> {
    let children = groups.iter().flat_map(|group| &group.children);
    children
        .filter(|child| child.kind == Kind::Operation)
        .collect()
}

/// The state of a comparison.
struct Comparison {
    names: Names,
    /// The aliases of both lists, the earlier first.
    aliases: (Aliases, Aliases),
    list: Vec<Change>,
}

/// The items that two paired items belong to.
type Owners<'a> = Option<(&'a Item, &'a Item)>;

impl Comparison {
    fn pairs(&mut self, pairs: &[Pair<'_>], owners: Owners<'_>) {
        for pair in pairs {
            match *pair {
                (Some(old), Some(new)) => self.both(old, new, owners),
                (Some(old), None) => self.alone(What::Removed, old, owners),
                (None, Some(new)) => self.alone(What::Added, new, owners),
                (None, None) => {}
            }
        }
    }

    /// Notes an item that is new or gone. What belongs to it goes without saying.
    fn alone(&mut self, what: What, item: &Item, owners: Owners<'_>) {
        let text = (!item.signature.is_empty()).then(|| item.signature.clone());
        let (before, after) = match what {
            What::Removed => (text, None),
            _ => (None, text),
        };
        let has_argument = item.is_argument && is_passed(item.kind, owners);
        let mut change = change(what, item, owners.map(|(_, new)| new), before, after);
        change.is_argument = has_argument;
        change.verdict = verdict(what, item.kind, has_argument);
        self.list.push(change);
    }

    fn note(
        &mut self,
        what: What,
        item: &Item,
        owners: Owners<'_>,
        before: Option<String>,
        after: Option<String>,
    ) {
        let owner = owners.map(|(_, new)| new);
        self.list.push(change(what, item, owner, before, after));
    }

    fn both(&mut self, old: &Item, new: &Item, owners: Owners<'_>) {
        let path = self.names.translate(&old.path);
        let is_renamed = match old.kind {
            // The new name is in the translation already.
            Kind::Type | Kind::Group => old.name != new.name,
            // They have no name of their own.
            Kind::Output | Kind::Error | Kind::Api => false,
            Kind::Operation => path != new.path,
            _ => self.names.translate(&old.name) != new.name,
        };
        if is_renamed {
            let paths = (Some(old.path.clone()), Some(new.path.clone()));
            self.note(What::Renamed, new, owners, paths.0, paths.1);
        }
        if old.kind == Kind::Implementation {
            self.condition(old, new, owners);
            return;
        }
        let before = self.names.translate(&old.signature);
        let has_other_type = old.kind != Kind::Operation && !self.is_one_type(old, new);
        let was_requirement = self.requirement(old, new, &before, owners);
        if has_other_type && !was_requirement {
            let signatures = (Some(before), Some(new.signature.clone()));
            self.note(What::Retyped, new, owners, signatures.0, signatures.1);
        }
        self.deprecation(old, new, owners);
        // How a member is read and written is clear from these.
        let is_clear = has_other_type || was_requirement;
        self.facts(old, new, owners, is_clear);
        if new.kind == Kind::Type && has_other_type {
            return;
        }
        self.children(old, new);
    }

    /// Returns whether two items have one type, whatever aliases it is called by.
    fn is_one_type(&self, old: &Item, new: &Item) -> bool {
        let before = self.aliases.0.resolve(&old.signature);
        self.names.translate(&before) == self.aliases.1.resolve(&new.signature)
    }

    /// Notes an implementation that has become conditional, or the reverse.
    fn condition(&mut self, old: &Item, new: &Item, owners: Owners<'_>) {
        if old.signature == new.signature {
            return;
        }
        if new.signature.is_empty() {
            let condition = Some(old.signature.clone());
            self.note(What::Added, new, owners, condition, None);
        } else {
            let condition = Some(new.signature.clone());
            self.note(What::Removed, new, owners, None, condition);
        }
    }

    /// Notes an optional item that has become required, or the reverse. Returns whether that explains its other type.
    fn requirement(&mut self, old: &Item, new: &Item, before: &str, owners: Owners<'_>) -> bool {
        let after = &new.signature;
        let option = |inner: &str| format!("Option<{inner}>");
        let is_null = |item: &Item| item.fact(PRESENCE) == Some(NULLABLE);
        let what = if new.kind == Kind::Field && before == option(after) {
            if is_null(old) {
                What::NotNullable
            } else {
                What::Required
            }
        } else if new.kind == Kind::Field && *after == option(before) {
            if is_null(new) {
                What::Nullable
            } else {
                What::Optional
            }
        } else if old.is_argument == new.is_argument || !is_passed(new.kind, owners) {
            return false;
        } else if new.is_argument {
            What::Required
        } else {
            What::Optional
        };
        let (before, after) = if before == after {
            (None, Some(after.clone()))
        } else {
            (Some(before.to_owned()), Some(after.clone()))
        };
        self.note(what, new, owners, before, after);
        true
    }

    fn deprecation(&mut self, old: &Item, new: &Item, owners: Owners<'_>) {
        let what = match (old.deprecated, new.deprecated) {
            (false, true) => What::Deprecated,
            (true, false) => What::Undeprecated,
            _ => return,
        };
        self.note(what, new, owners, None, None);
    }

    fn facts(&mut self, old: &Item, new: &Item, owners: Owners<'_>, is_presence_clear: bool) {
        let gone = |fact: &&Fact| new.fact(fact.name).is_none();
        let facts = new.facts.iter().chain(old.facts.iter().filter(gone));
        for fact in facts {
            let before = old.fact(fact.name).map(str::to_owned);
            let after = new.fact(fact.name).map(str::to_owned);
            if before != after && !(is_presence_clear && fact.name == PRESENCE) {
                match fact.side {
                    Side::Http => self.note(What::Http(fact.name), new, owners, before, after),
                    Side::Documentation => self.note(What::Documented, new, owners, None, None),
                }
            }
        }
    }

    fn children(&mut self, old: &Item, new: &Item) {
        let own = |item: &&Item| item.kind != Kind::Operation;
        let before: Vec<&Item> = old.children.iter().filter(own).collect();
        let after: Vec<&Item> = new.children.iter().filter(own).collect();
        // What belongs to an item is found under its new path.
        let pairs = pair(&before, &after, &self.names);
        self.arguments(old, new, &pairs);
        self.variants(old, new, &pairs);
        self.pairs(&pairs, Some((old, new)));
    }

    /// Notes arguments in another order.
    fn arguments(&mut self, old: &Item, new: &Item, pairs: &[Pair<'_>]) {
        let is_order_seen = match new.kind {
            Kind::Operation => true,
            _ => has_constructor(old) && has_constructor(new),
        };
        let is_argument = |item: &Item| item.is_argument;
        if is_order_seen && !keeps_order(old, pairs, is_argument) {
            let list = |item: &Item| Some(format!("({})", names_of(item, is_argument)));
            self.note(What::Reordered, new, None, list(old), list(new));
        }
    }

    /// Notes variants in another order, where that has an effect: `Ord` of an enum of strings follows it, and so does reading a value that
    /// fits several types.
    fn variants(&mut self, old: &Item, new: &Item, pairs: &[Pair<'_>]) {
        let what = match new.signature.as_str() {
            ENUM_OF_STRINGS => What::Resorted,
            ENUM_OF_TYPES if new.fact(TAG).is_none() => What::Http(ORDER_OF_VARIANTS),
            _ => return,
        };
        let is_listed = |item: &Item| item.kind == Kind::Variant && item.key != UNLISTED;
        if !keeps_order(old, pairs, is_listed) {
            let list = |item: &Item| Some(names_of(item, is_listed));
            self.note(what, new, None, list(old), list(new));
        }
    }
}

/// Returns whether the children that were there before and are of a kind have the order that they had.
fn keeps_order(old: &Item, pairs: &[Pair<'_>], is_wanted: impl Fn(&Item) -> bool) -> bool {
    let kept = pairs
        .iter()
        .filter_map(|(old, new)| Some(((*old)?, (*new)?)))
        .filter(|(old, new)| is_wanted(old) && is_wanted(new));
    let position = |wanted: &Item| {
        let mut children = old.children.iter();
        children.position(|child| std::ptr::eq(child, wanted))
    };
    kept.map(|(old, _)| position(old)).is_sorted()
}

/// Returns the names of some of an item's children.
fn names_of(item: &Item, is_wanted: impl Fn(&Item) -> bool) -> String {
    let wanted = item.children.iter().filter(|child| is_wanted(child));
    let names: Vec<&str> = wanted.map(|child| child.name.as_str()).collect();
    names.join(", ")
}

/// Returns whether callers pass arguments of this kind: those of an operation always, those of `new` where it was there before.
fn is_passed(kind: Kind, owners: Owners<'_>) -> bool {
    match kind {
        Kind::Field => {
            owners.is_some_and(|(old, new)| has_constructor(old) && has_constructor(new))
        }
        _ => true,
    }
}

fn has_constructor(item: &Item) -> bool {
    let mut children = item.children.iter();
    children.any(|child| child.kind == Kind::Constructor)
}

fn change(
    what: What,
    item: &Item,
    owner: Option<&Item>,
    before: Option<String>,
    after: Option<String>,
) -> Change {
    Change {
        what,
        kind: item.kind,
        path: item.path.clone(),
        name: item.name.clone(),
        owner: owner.map_or_else(String::new, |owner| owner.path.clone()),
        also: Vec::new(),
        is_argument: item.is_argument,
        before,
        after,
        verdict: verdict(what, item.kind, item.is_argument),
        pointer: item.pointer.clone(),
        location: item.location.clone(),
    }
}
