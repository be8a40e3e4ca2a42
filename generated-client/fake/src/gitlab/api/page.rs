//! Offset pagination: the parameters, the page, its headers. Knows only the number of rows.

use form_urlencoded::Serializer;

use super::call::Call;
use super::checks::Checks;
use crate::gitlab::world::World;
use crate::response::FakeResponse;

#[derive(Clone, Copy, Debug)]
pub(crate) struct Page {
    number: usize,
    size: usize,
}

impl Page {
    pub(crate) fn read(checks: &mut Checks<'_>, only_positive: bool) -> Self {
        let number = checks.integer("page").unwrap_or(1);
        if number < 1 && only_positive {
            checks.problem("page", "does not have a valid value");
        }
        let size = checks.integer("per_page").unwrap_or(20);
        if size == 0 {
            checks.problem("per_page", "has a value not allowed");
        } else if size < 0 {
            checks.problem("per_page", "does not have a valid value");
        }
        Self {
            number: usize::try_from(number).unwrap_or(1).max(1),
            size: usize::try_from(size).unwrap_or(1).clamp(1, 100),
        }
    }

    pub(crate) fn of<'rows, T>(&self, rows: &'rows [T]) -> &'rows [T] {
        let start = (self.number - 1).saturating_mul(self.size).min(rows.len());
        let end = start.saturating_add(self.size).min(rows.len());
        rows.get(start..end).unwrap_or_default()
    }

    /// Adds the headers of this page for this number of rows. The totals are omitted if there are too many.
    pub(crate) fn headers(
        &self,
        response: FakeResponse,
        world: &World,
        call: &Call<'_>,
        rows: usize,
    ) -> FakeResponse {
        let pages = rows.div_ceil(self.size).max(1);
        let previous = (self.number > 1).then(|| self.number - 1);
        let next = (self.number < pages).then(|| self.number + 1);
        let counted = rows <= world.settings.totals_limit;
        let text =
            |number: Option<usize>| number.map_or(String::new(), |number| number.to_string());

        let mut response = response
            .header("X-Next-Page", text(next))
            .header("X-Page", self.number.to_string())
            .header("X-Per-Page", self.size.to_string())
            .header("X-Prev-Page", text(previous));
        if counted {
            response = response
                .header("X-Total", rows.to_string())
                .header("X-Total-Pages", pages.to_string());
        }
        let links = [
            ("prev", previous),
            ("next", next),
            ("first", Some(1)),
            ("last", counted.then_some(pages)),
        ];
        let links = links.into_iter().filter_map(|(relation, number)| {
            Some(format!(
                "<{}>; rel=\"{relation}\"",
                self.link(world, call, number?)
            ))
        });
        let links: Vec<String> = links.collect();
        response.header("Link", links.join(", "))
    }

    /// Returns the URL of another page, with the configured host and every parameter of the query in alphabetical order.
    fn link(&self, world: &World, call: &Call<'_>, number: usize) -> String {
        let mut pairs = call.request.query_pairs();
        pairs.retain(|(name, _)| name != "page" && name != "per_page");
        pairs.push(("page".to_owned(), number.to_string()));
        pairs.push(("per_page".to_owned(), self.size.to_string()));
        pairs.sort_by(|left, right| left.0.cmp(&right.0));
        let query = Serializer::new(String::new()).extend_pairs(pairs).finish();
        let base = world.settings.external_url.as_deref().unwrap_or(&world.url);
        format!("{base}/api/v4/{}?{query}", call.segments.join("/"))
    }
}
