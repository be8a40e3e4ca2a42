//! Streams over the pages of a list and over their items, and the methods that give an operation both.
//!
//! A stream holds one page at a time, whatever the number of pages, and asks for a page only when an item of it is wanted.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;

use crate::runtime::call::Call;
use crate::runtime::call::client::Client;
use crate::runtime::call::response::Response;
use crate::runtime::error::Error;
use crate::runtime::page::paginator::{self, Fetched, Paginator};
use crate::runtime::page::{Page, Paginated};

type InFlight<T> = Pin<Box<dyn Future<Output = Result<Response<Fetched<T>>, Error>> + Send>>;

/// The pages of a list, each requested when it is wanted. Empty pages are returned too, however many there are.
///
/// After an error that may pass ([`Error::is_retryable`]) the next poll requests the same page again, so a stream can be resumed. Any
/// other error ends it.
///
/// The next page is the one that the response's headers name, else the one after it where they count more pages. Where they say
/// nothing (a proxy may have removed them) the next page is requested all the same, after each page that is not empty, and the
/// list ends with the first that is: that one is not returned.
///
/// These end the stream with an error ([`Error::is_decode`]):
/// - The headers contradict each other, or name a next page in a way that can't be followed. The error comes after that page.
/// - A response is not the requested page: it has another number, names itself or an earlier page as the next one, or equals the
///   page before it where no header named it. It is not returned.
#[must_use = "a stream does nothing unless it is polled"]
pub struct PageStream<P: Paginated> {
    call: Call<Client>,
    paginator: Paginator<P>,
    in_flight: Option<InFlight<P::Item>>,
}

/// Nothing is pinned in place: the future is boxed.
impl<P: Paginated> Unpin for PageStream<P> {}

impl<P: Paginated> PageStream<P> {
    /// The pages from the one that `operation` asks for on.
    pub fn new(call: Call<Client>, operation: P) -> Self {
        Self::along(Paginator::over_pages(operation), call)
    }

    fn along(paginator: Paginator<P>, call: Call<Client>) -> Self {
        Self {
            call,
            paginator,
            in_flight: None,
        }
    }
}

impl<P> Stream for PageStream<P>
where
    P: Paginated,
    P::Item: 'static,
{
    type Item = Result<Page<P::Item>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        let in_flight = match &mut this.in_flight {
            Some(in_flight) => in_flight,
            None => {
                let Some(request) = this.paginator.next_request() else {
                    return Poll::Ready(None);
                };
                let Call {
                    client, options, ..
                } = &this.call;
                let response = client.run(
                    P::INFO,
                    P::GUARD,
                    request,
                    options.clone(),
                    paginator::decode::<P>,
                );
                this.in_flight.insert(Box::pin(response))
            }
        };
        match in_flight.as_mut().poll(context) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(response) => {
                this.in_flight = None;
                Poll::Ready(this.paginator.advance(response))
            }
        }
    }
}

impl<P: Paginated> fmt::Debug for PageStream<P> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "PageStream({})", P::INFO.name)
    }
}

/// The items of a list, page by page, each page requested when an item of it is wanted.
///
/// After an error that may pass ([`Error::is_retryable`]) the next poll requests the same page again and repeats no item. Any other
/// error ends the stream. How the next page is found, and which responses end the stream with an error, is the same as in a
/// [`PageStream`]. An error about the next page comes after the items of the page before it.
///
/// Empty pages are skipped. Where 100 in a row are empty and the last of them names yet another, the stream ends with an error
/// ([`Error::is_decode`]) that names the page with which another stream can go on. So an item costs at most 100 calls, each with its
/// own timeout. A caller who stops waiting in between can poll the stream again later: nothing is lost or requested twice.
#[must_use = "a stream does nothing unless it is polled"]
pub struct ItemStream<P: Paginated> {
    pages: PageStream<P>,
    items: std::vec::IntoIter<P::Item>,
}

/// Nothing is pinned in place.
impl<P: Paginated> Unpin for ItemStream<P> {}

impl<P: Paginated> ItemStream<P> {
    /// The items from the page that `operation` asks for on.
    pub fn new(call: Call<Client>, operation: P) -> Self {
        Self {
            pages: PageStream::along(Paginator::over_items(operation), call),
            items: Vec::new().into_iter(),
        }
    }
}

impl<P> Stream for ItemStream<P>
where
    P: Paginated,
    P::Item: 'static,
{
    type Item = Result<P::Item, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.items.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            // Its memory goes before the next page comes.
            self.items = Vec::new().into_iter();
            match Pin::new(&mut self.pages).poll_next(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(None) => return Poll::Ready(None),
                Poll::Ready(Some(Err(error))) => return Poll::Ready(Some(Err(error))),
                Poll::Ready(Some(Ok(page))) => self.items = page.into_iter(),
            }
        }
    }
}

impl<P: Paginated> fmt::Debug for ItemStream<P> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "ItemStream({})", P::INFO.name)
    }
}

/// Gives an emitted operation whose result comes in pages the methods that run it. The type is that of an item.
#[macro_export]
#[doc(hidden)]
macro_rules! paginated_operation {
    ($name:ident -> $item:ty) => {
        $crate::operation!($name -> $crate::runtime::page::Page<$item>);

        /// Async and blocking: the same list, read item by item.
        impl<C: ::std::clone::Clone> $name<C> {
            /// Decodes each item on its own, when it is wanted: an item that can't be decoded loses neither its page nor the rest of the
            /// list. Each comes with its raw JSON.
            #[inline]
            pub fn lossy(self) -> $crate::runtime::page::lossy::Lossy<Self, C> {
                $crate::runtime::page::lossy::Lossy::new(
                    ::std::clone::Clone::clone(&self.call),
                    self,
                )
            }
        }

        /// Async: streams over the whole list.
        impl $name<$crate::runtime::call::client::Client> {
            /// All items from this page on, page by page, each page asked for when an item of it is wanted.
            #[inline]
            pub fn into_stream(self) -> $crate::runtime::page::stream::ItemStream<Self> {
                $crate::runtime::page::stream::ItemStream::new(
                    ::std::clone::Clone::clone(&self.call),
                    self,
                )
            }

            /// All pages from this one on, each asked for when it is wanted.
            #[inline]
            pub fn into_page_stream(self) -> $crate::runtime::page::stream::PageStream<Self> {
                $crate::runtime::page::stream::PageStream::new(
                    ::std::clone::Clone::clone(&self.call),
                    self,
                )
            }
        }

        /// Blocking: an iterator over the pages of the whole list. The operation itself is one over its items.
        #[cfg(feature = "blocking")]
        impl $name<$crate::runtime::call::blocking::Client> {
            /// All pages from this one on, each asked for when it is wanted.
            #[inline]
            pub fn into_pages(self) -> $crate::runtime::page::blocking::Pages<Self> {
                $crate::runtime::page::blocking::Pages::new(
                    ::std::clone::Clone::clone(&self.call),
                    self,
                )
            }
        }

        /// Blocking: an iterator over the items of the whole list.
        #[cfg(feature = "blocking")]
        impl ::std::iter::IntoIterator for $name<$crate::runtime::call::blocking::Client> {
            type Item = ::std::result::Result<$item, $crate::runtime::error::Error>;
            type IntoIter = $crate::runtime::page::blocking::Items<Self>;

            #[inline]
            fn into_iter(self) -> Self::IntoIter {
                $crate::runtime::page::blocking::Items::new(
                    ::std::clone::Clone::clone(&self.call),
                    self,
                )
            }
        }
    };
}
