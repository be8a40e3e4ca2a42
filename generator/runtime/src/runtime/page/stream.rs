//! Streams of the pages and of the items of a list, and the operation methods that create them.
//!
//! A stream holds one page at a time, and requests a page only when an item of it is needed.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use futures_core::stream::FusedStream;

use crate::runtime::call::Call;
use crate::runtime::call::client::Client;
use crate::runtime::call::response::Response;
use crate::runtime::error::Error;
use crate::runtime::page::paginator::{self, Fetched, Paginator};
use crate::runtime::page::{Page, Paginated};

type InFlight<T> = Pin<Box<dyn Future<Output = Result<Response<Fetched<T>>, Error>> + Send>>;

/// A stream of the pages of a list. It requests each page when it is polled for it. It returns empty pages too.
///
/// After a retryable error ([`Error::is_retryable`]), the next poll requests the same page again, so that a stream can be resumed. Any
/// other error ends the stream. If a page fails ten times in a row, the last of its errors is not retryable and ends the stream. It names the
/// page from which another stream can continue. A loop that skips errors thus ends during an outage too.
///
/// The next page is the one that the response's headers name, or else the following one if their totals include it. If the headers do not
/// indicate whether there is a next page (a proxy may have removed them), the stream requests the following page after each page that is not
/// empty. The list then ends at the first empty page, which is not returned. After 10,000 such pages in a row, the stream ends with an error
/// that names the page from which to continue.
///
/// The stream ends with an error ([`Error::is_decode`]) in three cases:
/// - The headers contradict each other, or name a next page in a way that can't be followed. The error comes after that page.
/// - A response is not the requested page: it has another number, it names itself or an earlier page as the next one, or it equals an
///   earlier page and no header names or numbers it. The response is not returned.
/// - 1,000 pages in a row are equal, and the last of them has a next page.
#[must_use = "a stream does nothing unless it is polled"]
pub struct PageStream<P: Paginated> {
    call: Call<Client>,
    paginator: Paginator<P>,
    in_flight: Option<InFlight<P::Item>>,
}

/// The future is boxed, so nothing is pinned in place.
impl<P: Paginated> Unpin for PageStream<P> {}

impl<P: Paginated> PageStream<P> {
    /// Creates a stream that starts with the page that `operation` requests.
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

impl<P> FusedStream for PageStream<P>
where
    P: Paginated,
    P::Item: 'static,
{
    fn is_terminated(&self) -> bool {
        self.in_flight.is_none() && self.paginator.is_ended()
    }
}

impl<P: Paginated> fmt::Debug for PageStream<P> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "PageStream({})", P::INFO.name)
    }
}

/// A stream of the items of a list. It requests each page when the first item of that page is needed.
///
/// After a retryable error ([`Error::is_retryable`]), the next poll requests the same page again and repeats no item. Any other error ends
/// the stream, and so does the tenth failure of a page in a row. A [`PageStream`] documents how the next page is found and which responses
/// end the list with an error. An error about the next page comes after the items of the current page.
///
/// The pages are numbered. An item that leaves the list while the stream runs, for example because the caller deletes it, moves later ones to
/// pages that were read, and the stream skips them. Collect the items before you change what the list contains.
///
/// Empty pages are skipped. If 100 pages in a row are empty and the last of them has a next page, the stream ends with an error
/// ([`Error::is_decode`]). The error names the page from which another stream can continue. An item thus costs at most 100 requests, each
/// with its own timeout.
///
/// A caller that stops waiting for an item can poll the stream again later. No item is lost and no page is requested twice.
#[must_use = "a stream does nothing unless it is polled"]
pub struct ItemStream<P: Paginated> {
    pages: PageStream<P>,
    items: std::vec::IntoIter<P::Item>,
}

/// Nothing is pinned in place.
impl<P: Paginated> Unpin for ItemStream<P> {}

impl<P: Paginated> ItemStream<P> {
    /// Creates a stream that starts with the page that `operation` requests.
    pub fn new(call: Call<Client>, operation: P) -> Self {
        Self {
            pages: PageStream::along(Paginator::over_items(operation), call),
            items: Vec::new().into_iter(),
        }
    }
}

impl<P> ItemStream<P>
where
    P: Paginated,
    P::Item: 'static,
{
    /// Reads all items into memory.
    #[doc(hidden)]
    pub async fn read_all(mut self) -> Result<Vec<P::Item>, Error> {
        let mut items = Vec::new();
        while let Some(item) =
            std::future::poll_fn(|context| Pin::new(&mut self).poll_next(context)).await
        {
            items.push(item?);
        }
        Ok(items)
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
            // Free the page's memory before the next page is requested.
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

impl<P> FusedStream for ItemStream<P>
where
    P: Paginated,
    P::Item: 'static,
{
    fn is_terminated(&self) -> bool {
        self.items.len() == 0 && self.pages.is_terminated()
    }
}

impl<P: Paginated> fmt::Debug for ItemStream<P> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "ItemStream({})", P::INFO.name)
    }
}

/// Implements the methods that run a paginated operation. The type is that of an item.
#[macro_export]
#[doc(hidden)]
macro_rules! paginated_operation {
    ($name:ident -> $item:ty) => {
        $crate::operation!($name -> $crate::runtime::page::Page<$item>);

        /// Async and blocking: reads the list item by item.
        impl<C: ::std::clone::Clone> $name<C> {
            /// Decodes each item separately and on demand, and keeps its raw JSON. An item that can't be decoded affects neither its page nor
            /// the rest of the list. A page that is not a JSON array is still an error.
            #[inline]
            pub fn lossy(self) -> $crate::runtime::page::lossy::Lossy<Self, C> {
                $crate::runtime::page::lossy::Lossy::new(
                    ::std::clone::Clone::clone(&self.call),
                    self,
                )
            }
        }

        /// Async: streams the whole list.
        impl $name<$crate::runtime::call::client::Client> {
            /// Reads all items from this page on into memory.
            ///
            /// Nothing that is done to the items afterwards affects which ones were read. Streams, in contrast, request the later pages
            /// while their caller works on the earlier ones.
            ///
            /// # Errors
            ///
            /// Returns the first error of the [stream](Self::into_stream). No items are returned then, because the list would be incomplete.
            #[inline]
            pub fn read_all(
                self,
            ) -> impl ::std::future::Future<
                Output = ::std::result::Result<
                    ::std::vec::Vec<$item>,
                    $crate::runtime::error::Error,
                >,
            > + ::std::marker::Send
            + 'static {
                self.into_stream().read_all()
            }

            /// Returns a stream of all items from this page on. Each page is requested when an item of it is needed.
            ///
            /// Don't change what the list contains while the stream runs: the pages are numbered, so an item that leaves the list moves later
            /// ones to pages that were read, and they are skipped. Read everything first, with [`read_all`](Self::read_all).
            #[inline]
            pub fn into_stream(self) -> $crate::runtime::page::stream::ItemStream<Self> {
                $crate::runtime::page::stream::ItemStream::new(
                    ::std::clone::Clone::clone(&self.call),
                    self,
                )
            }

            /// Returns a stream of all pages from this one on. Each page is requested when it is needed.
            ///
            /// Don't change what the list contains while the stream runs: the pages are numbered, so an item that leaves the list moves later
            /// ones to pages that were read, and they are skipped. Read everything first, with [`read_all`](Self::read_all).
            #[inline]
            pub fn into_page_stream(self) -> $crate::runtime::page::stream::PageStream<Self> {
                $crate::runtime::page::stream::PageStream::new(
                    ::std::clone::Clone::clone(&self.call),
                    self,
                )
            }
        }

        /// Blocking: iterates over the pages of the whole list. The operation itself iterates over its items.
        #[cfg(feature = "blocking")]
        impl $name<$crate::runtime::call::blocking::Client> {
            /// Reads all items from this page on into memory.
            ///
            /// Nothing that is done to the items afterwards affects which ones were read. Iterators, in contrast, request the later pages
            /// while their caller works on the earlier ones.
            ///
            /// # Errors
            ///
            /// Returns the first error of the iterator. No items are returned then, because the list would be incomplete.
            #[inline]
            pub fn read_all(
                self,
            ) -> ::std::result::Result<::std::vec::Vec<$item>, $crate::runtime::error::Error> {
                ::std::iter::IntoIterator::into_iter(self).collect()
            }

            /// Returns an iterator over all pages from this one on. Each page is requested when it is needed.
            ///
            /// Don't change what the list contains while the iterator runs: the pages are numbered, so an item that leaves the list moves later
            /// ones to pages that were read, and they are skipped. Read everything first, with [`read_all`](Self::read_all).
            #[inline]
            pub fn into_pages(self) -> $crate::runtime::page::blocking::Pages<Self> {
                $crate::runtime::page::blocking::Pages::new(
                    ::std::clone::Clone::clone(&self.call),
                    self,
                )
            }
        }

        /// Blocking: iterates over the items of the whole list.
        ///
        /// Don't change what the list contains while the iterator runs: the pages are numbered, so an item that leaves the list moves later
        /// ones to pages that were read, and they are skipped. Read everything first, with [`read_all`](Self::read_all).
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
