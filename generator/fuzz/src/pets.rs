//! A small API whose list names its next page in `Link`, as emitted code would describe it.

use futures_util::StreamExt;
use generator_runtime::runtime::api::operation::{
    ApiInfo, CredentialPlace, ErrorBodyInfo, OperationInfo, RateLimitHeaders, RetryClass,
    SecurityRequirement,
};
use generator_runtime::runtime::call::builder::ClientBuilder;
use generator_runtime::runtime::call::client::Client;
use generator_runtime::runtime::call::response::HttpResponse;
use generator_runtime::runtime::call::{Call, Operation};
use generator_runtime::runtime::credential::auth::Auth;
use generator_runtime::runtime::encode::request::HttpRequest;
use generator_runtime::runtime::error::Error;
use generator_runtime::runtime::page::{Page, PageToken, Paginated, PaginationInfo};
use generator_runtime::runtime::transport::scripted_transport::ScriptedTransport;
use gitlab_pat::http::Method;

use crate::executor::block_on;
use crate::patience::Patience;
use crate::responses::{Input, Response};
use crate::time::{JumpingTimer, TIMEOUT};
use crate::watch::{CALLING, hidden};

const HOST: &str = "pets.example";

/// The body of every page that succeeds.
const NAMES: &[u8] = br#"["Ada","Bob"]"#;

static API: ApiInfo = ApiInfo {
    name: "Pets",
    version: "1",
    package: "pets",
    package_version: "0.1.0",
    default_base_url: Some("https://pets.example"),
    base_path: None,
    error_body: ErrorBodyInfo {
        message: &["/message"],
        code: &["/code"],
        required_scopes: &[],
    },
    request_id_headers: &["X-Request-Id"],
    rate_limit_headers: RateLimitHeaders {
        limit: None,
        remaining: None,
        observed: None,
        name: None,
        reset: None,
    },
    credential_places: &[CredentialPlace::Query("pet_key")],
};

static LIST_PETS: OperationInfo = OperationInfo {
    id: "pets.list",
    name: "pets.list",
    method: &Method::GET,
    path: "/pets",
    accept: Some("application/json"),
    security: SecurityRequirement::Required,
    retry: RetryClass::Idempotent,
    secret: false,
    new_secret: None,
    error_advice: &[],
};

/// `GET /pets`: names, page by page.
#[derive(Clone, Debug)]
struct ListPets<C> {
    call: Call<C>,
    page: Option<i64>,
}

impl<C> Operation for ListPets<C> {
    type Output = Page<String>;
    const INFO: &'static OperationInfo = &LIST_PETS;

    fn request(&self) -> Result<HttpRequest, Error> {
        let mut request = HttpRequest::new(Self::INFO);
        request.query_parameter("page", &self.page)?;
        Ok(request)
    }

    fn decode(response: HttpResponse) -> Result<Page<String>, Error> {
        response.page(Self::PAGINATION)
    }
}

impl<C> Paginated for ListPets<C> {
    type Item = String;
    const PAGINATION: &'static PaginationInfo = &PaginationInfo {
        page_parameter: "page",
        first_page: 1,
        next_page_header: Some("X-Next"),
        page_header: Some("X-Page"),
        page_size_header: Some("X-Size"),
        total_header: Some("X-Count"),
        total_pages_header: Some("X-Pages"),
        link_header: Some("Link"),
        may_guess: true,
        past_end_status: None,
    };

    fn set_page(&mut self, page: PageToken) {
        self.page = Some(page.into());
    }
}

generator_runtime::paginated_operation!(ListPets -> String);

/// Follows the list to its end: every page comes from the same host and comes after the one before it.
pub(crate) fn walk(input: &Input) {
    let responses = input.responses.iter().map(|response| {
        let response = match response.status {
            ..300 => response.with_body(NAMES),
            _ => response.clone(),
        };
        Response::for_runtime(&response)
    });
    let script = ScriptedTransport::new(responses);
    let timer = JumpingTimer::new(input.clock);
    let client = ClientBuilder::new(&API)
        .auth(Auth::query("pet_key", CALLING))
        .transport(script.clone())
        .timer(timer.clone())
        .build()
        .expect("the settings are fixed");
    let list = ListPets {
        call: Call::new(client.clone()),
        page: None,
    };

    let pages = block_on(follow(list));

    hidden(CALLING, &format!("{client:?} {script:?}"));
    assert!(
        timer.passed() <= TIMEOUT * u32::try_from(pages.max(1)).unwrap_or(u32::MAX),
        "{pages} pages took {:?}",
        timer.passed()
    );
    let mut last = None;
    let mut is_redirected = false;
    for (index, request) in script.requests().iter().enumerate() {
        assert_eq!(request.uri().host(), Some(HOST), "a link led elsewhere");
        let response = input.responses.get(index);
        let was_redirected = is_redirected;
        is_redirected =
            response.is_some_and(|response| matches!(response.status, 301..=303 | 307 | 308));
        // A redirect may lead anywhere on the host.
        if was_redirected {
            continue;
        }
        assert_eq!(request.uri().path(), "/pets", "a link led elsewhere");
        let page = page_of(request.uri().query().unwrap_or_default());
        // The same page again is another attempt.
        assert!(last.is_none() || page >= last, "{page:?} after {last:?}");
        last = page;
    }
}

async fn follow(list: ListPets<Client>) -> usize {
    let mut pages = list.into_page_stream();
    let mut count = 0;
    let mut patience = Patience::default();
    while patience.is_left()
        && let Some(page) = pages.next().await
    {
        patience.after(&page, Error::is_retryable);
        count += 1;
        match page {
            Ok(page) => hidden(CALLING, &format!("{page:?} {:?}", page.request_id())),
            Err(error) => hidden(CALLING, &format!("{error} {error:?}")),
        }
    }
    hidden(CALLING, &format!("{pages:?}"));
    count
}

fn page_of(query: &str) -> Option<u32> {
    query
        .split('&')
        .find_map(|pair| pair.strip_prefix("page=")?.parse().ok())
}
