//! Pages of a list for code that is not async: iterators over items and over pages.

use std::fmt;

use crate::runtime::call::Call;
use crate::runtime::call::blocking::Client;
use crate::runtime::error::Error;
use crate::runtime::page::paginator::{self, Paginator};
use crate::runtime::page::{Page, Paginated};

/// The pages of a list, each requested when it is wanted. Empty pages are returned too, however many there are.
///
/// After an error that may pass ([`Error::is_retryable`]) the next call of `next` requests the same page again. Any other error ends
/// the iterator. How the next page is found, and which responses end the iterator with an error, is the same as in a
/// [`PageStream`](crate::runtime::page::stream::PageStream).
#[must_use = "an iterator does nothing unless it is driven"]
pub struct Pages<P: Paginated> {
    call: Call<Client>,
    paginator: Paginator<P>,
}

impl<P: Paginated> Pages<P> {
    /// The pages from the one that `operation` asks for on.
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

impl<P: Paginated> fmt::Debug for Pages<P> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Pages({})", P::INFO.name)
    }
}

/// The items of a list, page by page, each page requested when an item of it is wanted.
///
/// After an error that may pass ([`Error::is_retryable`]) the next call of `next` requests the same page again and repeats no item. Any
/// other error ends the iterator. How the next page is found, and which responses end the iterator with an error, is the same as in a
/// [`PageStream`](crate::runtime::page::stream::PageStream). An error about the next page comes after the items of the page before it.
///
/// Empty pages are skipped. Where 100 in a row are empty and the last of them names yet another, the iterator ends with an error
/// ([`Error::is_decode`]) that names the page with which another one can go on. So an item costs at most 100 calls, each with its own
/// timeout.
#[must_use = "an iterator does nothing unless it is driven"]
pub struct Items<P: Paginated> {
    pages: Pages<P>,
    items: std::vec::IntoIter<P::Item>,
}

impl<P: Paginated> Items<P> {
    /// The items from the page that `operation` asks for on.
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
            // Its memory goes before the next page comes.
            self.items = Vec::new().into_iter();
            match self.pages.next()? {
                Ok(page) => self.items = page.into_iter(),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

impl<P: Paginated> fmt::Debug for Items<P> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Items({})", P::INFO.name)
    }
}
