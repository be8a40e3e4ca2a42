//! What an operation is to the runtime, and the methods by which callers run one.
//!
//! An operation does no I/O: it makes a request and reads a response. The macros give each emitted operation the same few
//! forwards, inlined so that what a program does not call is not compiled.

pub(crate) mod attempt;
pub(crate) mod base_url;
#[cfg(feature = "blocking")]
pub mod blocking;
pub(crate) mod body;
pub mod builder;
pub mod client;
#[cfg(feature = "gzip")]
pub(crate) mod decompress;
pub(crate) mod execute;
pub mod guard;
#[cfg(feature = "reqwest")]
mod http_settings;
pub mod observe;
pub mod options;
pub(crate) mod prepare;
pub mod raw;
pub(crate) mod redirect;
pub mod response;
pub mod retry;
pub(crate) mod retry_after;
pub(crate) mod trace;

use crate::runtime::api::operation::OperationInfo;
use crate::runtime::call::guard::Guard;
use crate::runtime::call::options::RequestOptions;
use crate::runtime::call::response::HttpResponse;
use crate::runtime::encode::request::HttpRequest;
use crate::runtime::error::Error;

/// One method of one path: how it is asked for and how its response is read.
pub trait Operation {
    /// What a call returns.
    type Output;

    /// What is known of the operation before it is called.
    const INFO: &'static OperationInfo;

    /// What watches over the credential where the operation changes it.
    const GUARD: Option<&'static dyn Guard> = None;

    /// The request for these inputs.
    ///
    /// # Errors
    /// An input cannot be sent.
    fn request(&self) -> Result<HttpRequest, Error>;

    /// The result in a response with a 2xx status.
    ///
    /// # Errors
    /// The response is not what the API's description says.
    fn decode(response: HttpResponse) -> Result<Self::Output, Error>;
}

/// The client that runs an operation, and how.
#[derive(Clone, Debug)]
pub struct Call<C> {
    /// A cheap clone of the client.
    pub client: C,
    /// What this call does differently.
    pub options: RequestOptions,
    // Beside the options, which callers set as a whole.
    guard_flags: u8,
}

impl<C> Call<C> {
    /// A call with the client's own settings.
    pub fn new(client: C) -> Self {
        Self {
            client,
            options: RequestOptions::new(),
            guard_flags: 0,
        }
    }

    /// Asks something of the operation's guard, which knows the flag.
    pub fn set_guard_flag(&mut self, flag: u8) {
        self.guard_flags |= flag;
    }

    /// The client, and all that this call does differently.
    pub fn into_parts(self) -> (C, RequestOptions) {
        let mut options = self.options;
        options.guard_flags |= self.guard_flags;
        (self.client, options)
    }
}

/// Gives an emitted operation, a struct with a field `call: Call<C>`, the methods that run it. The type is the operation's output, for the
/// documentation, which would show `<Self as Operation>::Output`.
#[macro_export]
#[doc(hidden)]
macro_rules! operation {
    ($name:ident -> $output:ty) => {
        /// Async: the operation of a [`Client`](crate::Client). Awaiting it sends the request and returns the result.
        impl $name<$crate::runtime::call::client::Client> {
            /// Sends the request. Awaiting the operation itself gives the result alone; this gives the response's status and headers, too.
            ///
            /// # Errors
            /// Returns an error if the request fails or the response can't be decoded.
            #[inline]
            pub fn send(
                self,
            ) -> impl ::std::future::Future<
                Output = ::std::result::Result<
                    $crate::runtime::call::response::Response<$output>,
                    $crate::runtime::error::Error,
                >,
            > + ::std::marker::Send
            + 'static {
                let request = $crate::runtime::call::Operation::request(&self);
                let (client, options) = self.call.into_parts();
                client.run(
                    <Self as $crate::runtime::call::Operation>::INFO,
                    <Self as $crate::runtime::call::Operation>::GUARD,
                    request,
                    options,
                    <Self as $crate::runtime::call::Operation>::decode,
                )
            }
        }

        /// Async: awaiting the operation sends the request and returns the result.
        impl ::std::future::IntoFuture for $name<$crate::runtime::call::client::Client> {
            type Output = ::std::result::Result<$output, $crate::runtime::error::Error>;
            type IntoFuture = ::std::pin::Pin<
                ::std::boxed::Box<
                    dyn ::std::future::Future<
                            Output = ::std::result::Result<$output, $crate::runtime::error::Error>,
                        > + ::std::marker::Send,
                >,
            >;

            #[inline]
            fn into_future(self) -> Self::IntoFuture {
                let response = self.send();
                ::std::boxed::Box::pin(async move {
                    response
                        .await
                        .map($crate::runtime::call::response::Response::into_inner)
                })
            }
        }

        /// Blocking: the operation of a [`blocking::Client`](crate::blocking::Client). [`call`](Self::call) sends the request and waits for the
        /// result.
        #[cfg(feature = "blocking")]
        impl $name<$crate::runtime::call::blocking::Client> {
            /// Sends the request, waits for the response and returns the result with the response's status and headers.
            ///
            /// # Errors
            /// Returns an error if the request fails or the response can't be decoded.
            #[inline]
            pub fn send(
                self,
            ) -> ::std::result::Result<
                $crate::runtime::call::response::Response<$output>,
                $crate::runtime::error::Error,
            > {
                let request = $crate::runtime::call::Operation::request(&self);
                let (client, options) = self.call.into_parts();
                client.run(
                    <Self as $crate::runtime::call::Operation>::INFO,
                    <Self as $crate::runtime::call::Operation>::GUARD,
                    request,
                    options,
                    <Self as $crate::runtime::call::Operation>::decode,
                )
            }

            /// Sends the request, waits for the response and returns the result.
            ///
            /// # Errors
            /// Returns an error if the request fails or the response can't be decoded.
            #[inline]
            pub fn call(self) -> ::std::result::Result<$output, $crate::runtime::error::Error> {
                self.send()
                    .map($crate::runtime::call::response::Response::into_inner)
            }
        }
    };
}
