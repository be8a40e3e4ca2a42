//! The interface between operations and the runtime, and the methods that run an operation.
//!
//! An operation does no I/O. It creates a request and decodes a response. The macros implement a few inlined methods for each emitted
//! operation, so that operations that a program does not call are not compiled.

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
pub mod rate_limit;
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

/// An operation: one method of one path, with its request and its response.
pub trait Operation {
    /// The result of a call.
    type Output;

    /// The description of the operation.
    const INFO: &'static OperationInfo;

    /// The guard of the credential, if the operation changes it.
    const GUARD: Option<&'static dyn Guard> = None;

    /// Creates the request.
    ///
    /// # Errors
    ///
    /// Returns an error if an input cannot be sent.
    fn request(&self) -> Result<HttpRequest, Error>;

    /// Decodes the result from a response with a 2xx status.
    ///
    /// # Errors
    ///
    /// Returns an error if the response does not match the API's description.
    fn decode(response: HttpResponse) -> Result<Self::Output, Error>;
}

/// The client that runs an operation, and the settings of the call.
#[derive(Clone, Debug)]
pub struct Call<C> {
    /// A clone of the client.
    pub client: C,
    /// The settings that differ from the client's.
    pub options: RequestOptions,
    // Not part of the options, because callers replace those as a whole.
    guard_flags: u8,
}

impl<C> Call<C> {
    /// Creates a call with the client's settings.
    pub fn new(client: C) -> Self {
        Self {
            client,
            options: RequestOptions::new(),
            guard_flags: 0,
        }
    }

    /// Sets a flag for the operation's guard, which defines the meaning of the flag.
    pub fn set_guard_flag(&mut self, flag: u8) {
        self.guard_flags |= flag;
    }

    /// Returns the client and the settings that differ from the client's.
    pub fn into_parts(self) -> (C, RequestOptions) {
        let mut options = self.options;
        options.guard_flags |= self.guard_flags;
        (self.client, options)
    }
}

/// Implements the methods that run an emitted operation, a struct with a field `call: Call<C>`. The type is the operation's output, which
/// rustdoc would otherwise display as `<Self as Operation>::Output`.
#[macro_export]
#[doc(hidden)]
macro_rules! operation {
    ($name:ident -> $output:ty) => {
        /// Async: the operation of a [`Client`](crate::Client). Awaiting it sends the request and returns the result.
        impl $name<$crate::runtime::call::client::Client> {
            /// Sends the request and returns the result with the response's status and headers. Awaiting the operation itself returns the
            /// result alone.
            ///
            /// # Errors
            ///
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
