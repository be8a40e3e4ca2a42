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
use crate::runtime::page::{Page, Paginated, Paginator};

type Asked<T> = Pin<Box<dyn Future<Output = Result<Response<Page<T>>, Error>> + Send>>;

/// The pages of a list, each asked for when it is wanted. Empty pages are handed out too, however many there are.
///
/// After an error that may pass ([`Error::is_retryable`]) the next poll asks for the same page again, so a stream can be resumed. Any
/// other error ends it. A page that names itself or an earlier one as the next is such an error ([`Error::is_decode`]): it leads in a
/// cycle, and most likely it is not the page that was asked for.
#[must_use = "a stream does nothing unless it is polled"]
pub struct PageStream<P: Paginated> {
    call: Call<Client>,
    paginator: Paginator<P>,
    asked: Option<Asked<P::Item>>,
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
            asked: None,
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
        let asked = match &mut this.asked {
            Some(asked) => asked,
            None => {
                let Some(request) = this.paginator.next_request() else {
                    return Poll::Ready(None);
                };
                let Call {
                    client, options, ..
                } = &this.call;
                let response = client.run(P::INFO, request, options.clone(), P::decode);
                this.asked.insert(Box::pin(response))
            }
        };
        match asked.as_mut().poll(context) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(response) => {
                this.asked = None;
                Poll::Ready(Some(
                    this.paginator.answered(response.map(Response::into_inner)),
                ))
            }
        }
    }
}

impl<P: Paginated> fmt::Debug for PageStream<P> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "PageStream({})", P::INFO.name)
    }
}

/// The items of a list, page by page, each page asked for when an item of it is wanted.
///
/// After an error that may pass ([`Error::is_retryable`]) the next poll asks for the same page again and repeats no item. Any other
/// error ends the stream. A page that names itself or an earlier one as the next is such an error ([`Error::is_decode`]): it leads in a
/// cycle, and most likely it is not the page that was asked for.
///
/// Empty pages are passed over. Where 100 in a row are empty and the last of them names yet another, the stream ends with an error
/// ([`Error::is_decode`]) that says with which page another stream can go on. So an item costs at most 100 calls, each with its own
/// timeout. Whoever gives up waiting in between can poll the stream again later: nothing is lost, and nothing is asked for twice.
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
