//! `$defs`: schemas that are written inside another one are components.

use std::collections::{BTreeMap, BTreeSet};

use super::moves::Moves;
use super::schema::Schema;
use crate::diagnostic::Pointer;
use crate::dialect::make;
use crate::openapi::component_schemas;
use crate::source::{Data, Value};

/// The schemas of all `$defs`, taken out of the schemas that they were written in.
#[derive(Debug, Default)]
pub(super) struct Definitions {
    found: Vec<Definition>,
}

#[derive(Debug)]
struct Definition {
    pointer: Pointer,
    schema: Value,
}

impl Definitions {
    pub(super) fn take(&mut self, schema: &mut Schema<'_>) {
        let pointer = schema.pointer.key("$defs");
        let Some(Data::Object(definitions)) = schema.take("$defs").map(Value::into_data) else {
            return;
        };
        for (name, schema) in definitions {
            let pointer = pointer.key(&name);
            self.found.push(Definition { pointer, schema });
        }
    }

    /// Makes each of them a component, and remembers where it went.
    pub(super) fn hoist(self, root: &mut Value, mut moves: Moves) -> Moves {
        if self.found.is_empty() {
            return moves;
        }
        let origin = root.origin();
        let mut uses: BTreeMap<String, usize> = BTreeMap::new();
        for definition in &self.found {
            *uses.entry(definition.name()).or_default() += 1;
        }
        let schemas = ["components", "schemas"]
            .iter()
            .try_fold(root, |node, key| {
                let members = node.as_object_mut()?;
                let child = members.entry((*key).to_owned());
                Some(child.or_insert_with(|| make::empty(origin)))
            })
            .and_then(Value::as_object_mut);
        let Some(schemas) = schemas else {
            return moves;
        };
        let mut taken: BTreeSet<String> = schemas.keys().cloned().collect();
        let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
        for definition in self.found {
            let own = definition.name();
            let is_unique = uses.get(&own) == Some(&1) && !taken.contains(&own);
            let name = match (is_unique, definition.owner()) {
                (true, _) => own,
                (false, Some(owner)) => format!("{owner}.{own}"),
                (false, None) => own,
            };
            let name = free(&taken, &mut numbers, name);
            taken.insert(name.clone());
            let to = component_schemas().key(&name);
            moves.add(definition.pointer, to);
            schemas.insert(name, definition.schema);
        }
        moves
    }
}

impl Definition {
    fn name(&self) -> String {
        self.pointer.last().unwrap_or_default().into_owned()
    }

    /// The component that it was written in.
    fn owner(&self) -> Option<String> {
        let mut segments = self.pointer.segments();
        let is_component = segments.next()? == "components";
        is_component.then(|| segments.nth(1).map(|name| name.into_owned()))?
    }
}

/// Returns a name that is not taken. `numbers` has the next number of each that has been asked for.
fn free(taken: &BTreeSet<String>, numbers: &mut BTreeMap<String, u32>, name: String) -> String {
    if !taken.contains(&name) {
        return name;
    }
    let next = numbers.entry(name.clone()).or_insert(2);
    loop {
        let numbered = format!("{name}{next}");
        *next = next.saturating_add(1);
        if !taken.contains(&numbered) {
            return numbered;
        }
    }
}
