//! Blocking iterators over the items and over the pages of a list.

use std::fmt;
use std::iter::FusedIterator;

use crate::runtime::call::Call;
use crate::runtime::call::blocking::Client;
use crate::runtime::error::Error;
use crate::runtime::page::paginator::{self, Paginator};
use crate::runtime::page::{Page, Paginated};

/// A blocking iterator over the pages of a list. It requests each page when `next` is called. It returns empty pages too.
///
/// After a retryable error ([`Error::is_retryable`]), the next call of `next` requests the same page again. Any other error ends the
/// iterator. If a page fails ten times in a row, the last of its errors is not retryable and ends the iterator. It names the page from which
/// another iterator can continue. A loop that skips errors thus ends during an outage too.
///
/// A [`PageStream`](crate::runtime::page::stream::PageStream) documents how the next page is found and which responses end the list with an
/// error.
#[must_use = "an iterator does nothing unless it is driven"]
pub struct Pages<P: Paginated> {
    call: Call<Client>,
    paginator: Paginator<P>,
}

impl<P: Paginated> Pages<P> {
    /// Creates an iterator that starts with the page that `operation` requests.
    pub fn new(call: Call<Client>, operation: P) -> Self {
        Self {
            call,
            paginator: Paginator::over_pages(operation),
        }
    }
}

impl<P: Paginated> Iterator for Pages<P> {
    type Item = Result<Page<P::Item>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let request = self.paginator.next_request()?;
        let Call {
            client, options, ..
        } = &self.call;
        let response = client.run(
            P::INFO,
            P::GUARD,
            request,
            options.clone(),
            paginator::decode::<P>,
        );
        self.paginator.advance(response)
    }
}

impl<P: Paginated> FusedIterator for Pages<P> {}

impl<P: Paginated> fmt::Debug for Pages<P> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Pages({})", P::INFO.name)
    }
}

/// A blocking iterator over the items of a list. It requests each page when the first item of that page is needed.
///
/// After a retryable error ([`Error::is_retryable`]), the next call of `next` requests the same page again and repeats no item. Any other
/// error ends the iterator, and so does the tenth failure of a page in a row. An error about the next page comes after the items of the
/// current page. A [`PageStream`](crate::runtime::page::stream::PageStream) documents how the next page is found and which responses end the
/// list with an error.
///
/// The pages are numbered. An item that leaves the list while the iterator runs, for example because the caller deletes it, moves later ones
/// to pages that were read, and the iterator skips them. Collect the items before you change what the list contains.
///
/// Empty pages are skipped. If 100 pages in a row are empty and the last of them has a next page, the iterator ends with an error
/// ([`Error::is_decode`]). The error names the page from which another iterator can continue. An item thus costs at most 100 requests, each
/// with its own timeout.
#[must_use = "an iterator does nothing unless it is driven"]
pub struct Items<P: Paginated> {
    pages: Pages<P>,
    items: std::vec::IntoIter<P::Item>,
}

impl<P: Paginated> Items<P> {
    /// Creates an iterator that starts with the page that `operation` requests.
    pub fn new(call: Call<Client>, operation: P) -> Self {
        Self {
            pages: Pages {
                call,
                paginator: Paginator::over_items(operation),
            },
            items: Vec::new().into_iter(),
        }
    }
}

impl<P: Paginated> Iterator for Items<P> {
    type Item = Result<P::Item, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.items.next() {
                return Some(Ok(item));
            }
            // Free the page's memory before the next page is requested.
            self.items = Vec::new().into_iter();
            match self.pages.next()? {
                Ok(page) => self.items = page.into_iter(),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

impl<P: Paginated> FusedIterator for Items<P> {}

impl<P: Paginated> fmt::Debug for Items<P> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Items({})", P::INFO.name)
    }
}
