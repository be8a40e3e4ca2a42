//! Lists whose items are decoded separately, so that an item that can't be decoded does not end the list.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;
use serde::de::{DeserializeOwned, IgnoredAny};

use crate::runtime::api::operation::OperationInfo;
use crate::runtime::call::client::Client;
use crate::runtime::call::execute::KEPT_BODY;
use crate::runtime::call::response::{HttpResponse, Response};
use crate::runtime::call::{Call, Operation};
use crate::runtime::decode::json;
use crate::runtime::encode::request::HttpRequest;
use crate::runtime::error::{Error, Execution};
use crate::runtime::page::stream::{ItemStream, PageStream};
use crate::runtime::page::{Page, PageItem, PageToken, Paginated, PaginationInfo};
use crate::runtime::transport::head::Head;

/// An item of a list in JSON, to be decoded with [`result`](Self::result).
///
/// The JSON may contain a secret, and `Debug` does not print it. An item keeps the whole body of its page in memory.
pub struct LossyItem<T> {
    page: Arc<Records>,
    /// The byte offset of the item in the body.
    start: usize,
    end: usize,
    /// The index of the item in its page.
    index: u32,
    item: PhantomData<fn() -> T>,
}

/// The data that the items of a page share.
struct Records {
    head: Arc<Head>,
    body: Bytes,
}

impl<T> LossyItem<T> {
    /// Returns the JSON of the item as received.
    #[must_use]
    pub fn raw_json(&self) -> &[u8] {
        self.page.body.get(self.start..self.end).unwrap_or_default()
    }
}

impl<T: DeserializeOwned> LossyItem<T> {
    /// Decodes the item.
    ///
    /// # Errors
    ///
    /// Returns an error ([`Error::is_decode`]) if the item does not match the API's description. [`Error::json_path`] is the path in the
    /// JSON of the page, such as `[3].name`. [`Error::body`] is the item's JSON, cut after 64 KiB.
    pub fn result(&self) -> Result<T, Error> {
        let raw = self.raw_json();
        json::decode(raw).map_err(|error| {
            let kept = raw.get(..KEPT_BODY).unwrap_or(raw);
            Error::from(error.below(&format!("[{}]", self.index)).without_position())
                .redacted(&self.page.head.redactor)
                .with_execution(Execution::Executed, true)
                .in_operation(self.page.head.operation)
                .with_response(&self.page.head, Bytes::copy_from_slice(kept))
        })
    }
}

impl<T> Clone for LossyItem<T> {
    fn clone(&self) -> Self {
        Self {
            page: Arc::clone(&self.page),
            ..*self
        }
    }
}

impl<T> fmt::Debug for LossyItem<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("LossyItem")
            .field("index", &self.index)
            .field(
                "raw_json",
                &format_args!("[{} bytes]", self.raw_json().len()),
            )
            .finish_non_exhaustive()
    }
}

impl<T> PageItem for LossyItem<T> {
    fn items(response: &HttpResponse) -> Result<Vec<Self>, Error> {
        let all: Vec<IgnoredAny> = response.json().or_else(|error| {
            // A raw control character in a string makes only its own item invalid.
            json::decode(&without_raw_controls(response.body())).map_err(|_| error)
        })?;
        let page = Arc::new(Records {
            head: Arc::clone(response.head()),
            body: response.body().clone(),
        });
        let mut items = Vec::with_capacity(all.len());
        let mut index = 0;
        each_element(response.body(), |start, end| {
            items.push(Self {
                page: Arc::clone(&page),
                start,
                end,
                index,
                item: PhantomData,
            });
            index = index.saturating_add(1);
        });
        Ok(items)
    }
}

/// Replaces the control characters in strings, which JSON requires to be escaped, with spaces.
fn without_raw_controls(json: &[u8]) -> Vec<u8> {
    let mut is_string = false;
    let mut is_escaped = false;
    let replaced = json.iter().map(|byte| {
        if is_string {
            is_string = is_escaped || *byte != b'"';
            is_escaped = !is_escaped && *byte == b'\\';
            if byte.is_ascii_control() { b' ' } else { *byte }
        } else {
            is_string = *byte == b'"';
            *byte
        }
    });
    replaced.collect()
}

/// Finds the elements of an array. The text is valid JSON, except for control characters in strings.
fn each_element(json: &[u8], mut found: impl FnMut(usize, usize)) {
    let mut depth = 0_usize;
    let mut start = None;
    let mut is_string = false;
    let mut is_escaped = false;
    for (position, byte) in json.iter().enumerate() {
        if is_string {
            is_string = is_escaped || *byte != b'"';
            is_escaped = !is_escaped && *byte == b'\\';
            continue;
        }
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' => continue,
            b',' | b']' if depth == 1 => {
                if let Some(start) = start.take() {
                    let element = json.get(start..position).unwrap_or_default();
                    found(start, start + element.trim_ascii_end().len());
                }
                if *byte == b']' {
                    return;
                }
                continue;
            }
            _ => {}
        }
        if depth == 1 {
            start.get_or_insert(position);
        }
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            b'"' => is_string = true,
            _ => {}
        }
    }
}

/// A paginated operation whose items are decoded separately. An item that can't be decoded affects neither its page nor the rest of the list.
/// A page that is not a JSON array is still an error.
#[must_use = "an operation does nothing unless it is sent"]
pub struct Lossy<P, C> {
    operation: P,
    call: Call<C>,
}

impl<P, C> Lossy<P, C> {
    /// Creates the operation.
    #[doc(hidden)]
    pub fn new(call: Call<C>, operation: P) -> Self {
        Self { operation, call }
    }
}

impl<P: Operation, C> fmt::Debug for Lossy<P, C> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Lossy({})", P::INFO.name)
    }
}

impl<P: Paginated, C> Operation for Lossy<P, C> {
    type Output = Page<LossyItem<P::Item>>;
    const INFO: &'static OperationInfo = P::INFO;

    fn request(&self) -> Result<HttpRequest, Error> {
        self.operation.request()
    }

    fn decode(response: HttpResponse) -> Result<Self::Output, Error> {
        response.page(P::PAGINATION)
    }
}

impl<P: Paginated, C> Paginated for Lossy<P, C> {
    type Item = LossyItem<P::Item>;
    const PAGINATION: &'static PaginationInfo = P::PAGINATION;

    fn set_page(&mut self, page: PageToken) {
        self.operation.set_page(page);
    }
}

/// Async: the operation of a [`Client`]. Awaiting it sends the request and returns the page.
impl<P> Lossy<P, Client>
where
    P: Paginated,
    P::Item: 'static,
{
    /// Sends the request and returns the page with the response's status and headers.
    ///
    /// # Errors
    ///
    /// Returns an error if the request fails or the response is not an array.
    pub fn send(
        self,
    ) -> impl Future<Output = Result<Response<Page<LossyItem<P::Item>>>, Error>> + Send + 'static + use<P>
    {
        let request = self.request();
        let (client, options) = self.call.into_parts();
        client.run(
            P::INFO,
            P::GUARD,
            request,
            options,
            <Self as Operation>::decode,
        )
    }

    /// Reads all items from this page on into memory. Each keeps the body of its page.
    ///
    /// # Errors
    ///
    /// Returns the first error of a page. No items are returned then, because the list would be incomplete.
    pub fn read_all(
        self,
    ) -> impl Future<Output = Result<Vec<LossyItem<P::Item>>, Error>> + Send + 'static + use<P>
    where
        P: Send + 'static,
    {
        self.into_stream().read_all()
    }

    /// Returns a stream of all items from this page on. Each page is requested when an item of it is needed.
    pub fn into_stream(self) -> ItemStream<Self> {
        ItemStream::new(self.call.clone(), self)
    }

    /// Returns a stream of all pages from this one on. Each page is requested when it is needed.
    pub fn into_page_stream(self) -> PageStream<Self> {
        PageStream::new(self.call.clone(), self)
    }
}

/// Async: awaiting the operation sends the request and returns the page.
impl<P> IntoFuture for Lossy<P, Client>
where
    P: Paginated,
    P::Item: 'static,
{
    type Output = Result<Page<LossyItem<P::Item>>, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        let response = self.send();
        Box::pin(async move { response.await.map(Response::into_inner) })
    }
}

#[cfg(feature = "blocking")]
mod blocking {
    use super::{Lossy, LossyItem};
    use crate::runtime::call::Operation;
    use crate::runtime::call::blocking::Client;
    use crate::runtime::call::response::Response;
    use crate::runtime::error::Error;
    use crate::runtime::page::blocking::{Items, Pages};
    use crate::runtime::page::{Page, Paginated};

    /// Blocking: the operation of a [`blocking::Client`](crate::runtime::call::blocking::Client).
    impl<P> Lossy<P, Client>
    where
        P: Paginated,
        P::Item: 'static,
    {
        /// Sends the request, waits for the response and returns the page with the response's status and headers.
        ///
        /// # Errors
        ///
        /// Returns an error if the request fails or the response is not an array.
        pub fn send(self) -> Result<Response<Page<LossyItem<P::Item>>>, Error> {
            let request = self.request();
            let (client, options) = self.call.into_parts();
            client.run(
                P::INFO,
                P::GUARD,
                request,
                options,
                <Self as Operation>::decode,
            )
        }

        /// Sends the request, waits for the response and returns the page.
        ///
        /// # Errors
        ///
        /// Returns an error if the request fails or the response is not an array.
        pub fn call(self) -> Result<Page<LossyItem<P::Item>>, Error> {
            self.send().map(Response::into_inner)
        }

        /// Reads all items from this page on into memory. Each keeps the body of its page.
        ///
        /// # Errors
        ///
        /// Returns the first error of a page. No items are returned then, because the list would be incomplete.
        pub fn read_all(self) -> Result<Vec<LossyItem<P::Item>>, Error> {
            self.into_iter().collect()
        }

        /// Returns an iterator over all pages from this one on. Each page is requested when it is needed.
        pub fn into_pages(self) -> Pages<Self> {
            Pages::new(self.call.clone(), self)
        }
    }

    /// Blocking: iterates over the items of the whole list.
    impl<P: Paginated> IntoIterator for Lossy<P, Client> {
        type Item = Result<LossyItem<P::Item>, Error>;
        type IntoIter = Items<Self>;

        fn into_iter(self) -> Self::IntoIter {
            Items::new(self.call.clone(), self)
        }
    }
}
