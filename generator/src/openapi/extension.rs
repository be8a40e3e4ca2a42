//! The objects of this generator's own extensions. Their rules are checked where they are read.

use super::holds::{Flag, List, Number, Text};
use super::table::object;

object! {
    /// `x-error-body`: JSON pointers into a server's error body.
    ErrorBody = "`x-error-body`" {
        //                                                  2.0 3.0 3.1 3.2
        "message"          message          List<Text>     : o   o   o   o;
        "code"             code             List<Text>     : o   o   o   o;
        "required-scopes"  required_scopes  List<Text>     : o   o   o   o;
    }
}

object! {
    /// `x-operation-names`: what the names of operations are derived from.
    OperationNames = "`x-operation-names`" {
        //                        2.0 3.0 3.1 3.2
        "from"    from    Text   : o   o   o   o;
        "prefix"  path_prefix  Text   : o   o   o   o;
    }
}

object! {
    /// `x-credential-places`: where a server accepts credentials beside the security schemes.
    CredentialPlaces = "`x-credential-places`" {
        //                                  2.0 3.0 3.1 3.2
        "header"   header    List<Text>    : o   o   o   o;
        "query"    query     List<Text>    : o   o   o   o;
        "cookie"   cookie    List<Text>    : o   o   o   o;
    }
}

object! {
    /// `x-response-headers`: the headers of every response.
    ResponseHeaders = "`x-response-headers`" {
        //                                         2.0 3.0 3.1 3.2
        "request-id"  request_id   List<Text>     : o   o   o   o;
        "rate-limit"  rate_limit   RateLimit      : o   o   o   o;
    }
}

object! {
    /// The names of the headers that describe a rate limit.
    RateLimit = "`rate-limit`" {
        //                                2.0 3.0 3.1 3.2
        "limit"      limit      Text     : o   o   o   o;
        "remaining"  remaining  Text     : o   o   o   o;
        "observed"   observed   Text     : o   o   o   o;
        "name"       name       Text     : o   o   o   o;
        "reset"      reset      Text     : o   o   o   o;
    }
}

object! {
    /// `x-credential-status`: how to ask for the status of a credential, and what proves it.
    CredentialStatus = "`x-credential-status`" {
        //                                     2.0 3.0 3.1 3.2
        "check"     check     Text            : o   o   o   o;
        "identity"  identity  Text            : o   o   o   o;
        "ended"     ended     ErrorPattern    : o   o   o   o;
        "active"    active    ActiveProof     : o   o   o   o;
    }
}

object! {
    /// What proves that a credential is active.
    ActiveProof = "`active`" {
        //                                                      2.0 3.0 3.1 3.2
        "member"           member           Text               : o   o   o   o;
        "error_responses"  error_responses  List<ErrorPattern> : o   o   o   o;
    }
}

object! {
    /// An error response that proves something.
    ErrorPattern = "an error response" {
        //                             2.0 3.0 3.1 3.2
        "status"   status   Number    : r   r   r   r;
        "code"     code     Text      : o   o   o   o;
        "message"  message  Text      : o   o   o   o;
    }
}

object! {
    /// `x-credential`: what an operation does to a credential.
    Credential = "`x-credential`" {
        //                                    2.0 3.0 3.1 3.2
        "effect"   effect   Text             : r   r   r   r;
        "target"   target   CredentialTarget : r   r   r   r;
        "secret"   secret   Text             : o   o   o   o;
    }
}

object! {
    /// The credential that an operation replaces or revokes; the text `caller` in its place is the caller's own.
    CredentialTarget = "`target`" {
        //                                2.0 3.0 3.1 3.2
        "parameter"  parameter  Text     : r   r   r   r;
    }
}

object! {
    /// `x-pagination`: how the further pages of a list are requested.
    Pagination = "`x-pagination`" {
        //                                                        2.0 3.0 3.1 3.2
        "page-parameter"       page_parameter       Text         : r   r   r   r;
        "page-size-parameter"  page_size_parameter  Text         : o   o   o   o;
        "next-page-header"     next_page_header     Text         : o   o   o   o;
        "page-header"          page_header          Text         : o   o   o   o;
        "page-size-header"     page_size_header     Text         : o   o   o   o;
        "total-header"         total_header         Text         : o   o   o   o;
        "total-pages-header"   total_pages_header   Text         : o   o   o   o;
        "link-header"          link_header          Text         : o   o   o   o;
        "guess-next-page"      guess_next_page      Flag         : o   o   o   o;
        "past-end-status"      past_end_status      Number       : o   o   o   o;
    }
}
