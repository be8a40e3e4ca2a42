//! The next page of a response, as a table.

use crate::runtime::page::next::{
    Evidence, MAX_PAGE, Next, NextHeader, NextLink, Requested, decide,
};

/// Returns the first page of a list, with twenty items, in a response without pagination headers.
fn silent() -> Evidence {
    Evidence {
        header: NextHeader::Absent,
        link: NextLink::Absent,
        last_link: None,
        follows_links: false,
        page: None,
        requested: Requested::Unspecified,
        first_page: 1,
        total_pages: None,
        total: None,
        page_size: None,
        items: 20,
        may_guess: true,
    }
}

const HEADERS: [NextHeader; 5] = [
    NextHeader::Absent,
    NextHeader::Empty,
    NextHeader::Number(2),
    NextHeader::Unreadable,
    NextHeader::Ambiguous,
];

const LINKS: [NextLink; 8] = [
    NextLink::Absent,
    NextLink::None,
    NextLink::Number(2),
    NextLink::Number(3),
    NextLink::WithoutNumber,
    NextLink::Unreadable,
    NextLink::Ambiguous,
    NextLink::Lost,
];

/// Returns an abbreviation of a decision: `-` last, `2` named, `2+` counted, `2?` guessed, `!` unknown, `*` another page than the requested one.
fn short(next: &Next) -> String {
    match next {
        Next::Last => "-".to_owned(),
        Next::Named(page) => page.to_string(),
        Next::Counted(page) => format!("{page}+"),
        Next::Guessed(page) => format!("{page}?"),
        Next::Unknown(_) => "!".to_owned(),
        Next::OtherPage(_) => "*".to_owned(),
    }
}

/// One line for each header, one column for each link.
fn table(evidence: &Evidence) -> Vec<String> {
    HEADERS
        .into_iter()
        .map(|header| {
            let cells = LINKS.map(|link| {
                short(&decide(&Evidence {
                    header,
                    link,
                    ..*evidence
                }))
            });
            cells.join(" ")
        })
        .collect()
}

#[test]
fn header_before_link_before_totals_before_a_guess() {
    // Columns: no links, none to a next page, page 2, page 3, without a number, no URL, several that differ, not to be read.
    assert_eq!(
        table(&silent()),
        [
            "2? 2? 2 ! ! ! ! !",
            "- - ! ! ! ! ! -",
            "2 2 2 ! 2 2 ! 2",
            "! ! ! ! ! ! ! !",
            "! ! ! ! ! ! ! !",
        ]
    );
    // If numbers are not consecutive, no page is skipped or guessed.
    let offsets = Evidence {
        may_guess: false,
        ..silent()
    };
    assert_eq!(table(&offsets)[0], "- - 2 3 ! ! ! !");
    // An earlier page linked to this one.
    let linked = Evidence {
        follows_links: true,
        ..silent()
    };
    assert_eq!(table(&linked)[0], "2? - 2 ! ! ! ! !");
    // Page 1 of 3.
    let counted = Evidence {
        total_pages: Some(3),
        ..silent()
    };
    assert_eq!(
        table(&counted),
        [
            "2+ 2+ 2 ! ! ! ! 2+",
            "! ! ! ! ! ! ! !",
            "2 2 2 ! 2 2 ! 2",
            "! ! ! ! ! ! ! !",
            "! ! ! ! ! ! ! !",
        ]
    );
    // Page 1 of 1.
    let only = Evidence {
        total_pages: Some(1),
        ..silent()
    };
    assert_eq!(
        table(&only),
        [
            "- - ! ! ! ! ! !",
            "- - ! ! ! ! ! -",
            "! ! ! ! ! ! ! !",
            "! ! ! ! ! ! ! !",
            "! ! ! ! ! ! ! !",
        ]
    );
}

#[test]
fn the_link_to_the_last_page_counts_as_the_totals_do() {
    let page = |header, page, last_link, items| {
        let evidence = Evidence {
            header,
            link: NextLink::None,
            page: Some(page),
            requested: Requested::Number(page),
            last_link: Some(last_link),
            items,
            ..silent()
        };
        decide(&evidence)
    };
    assert_eq!(page(NextHeader::Absent, 1, 3, 20), Next::Counted(2));
    assert_eq!(page(NextHeader::Absent, 1, 3, 0), Next::Counted(2));
    assert_eq!(page(NextHeader::Absent, 3, 3, 20), Next::Last);
    assert_eq!(page(NextHeader::Empty, 3, 3, 20), Next::Last);
    assert_eq!(
        page(NextHeader::Empty, 1, 3, 20),
        Next::Unknown("the response names no next page, but is page 1 of 3 by its links".into())
    );
    assert_eq!(
        page(NextHeader::Number(4), 3, 3, 20),
        Next::Unknown(
            "the response names page 4 as the next one, but by its links page 3 is the last".into()
        )
    );
}

#[test]
fn a_page_cannot_name_itself_or_an_earlier_page_or_skip_pages() {
    let next = |page, requested, next, may_guess| {
        let evidence = Evidence {
            header: NextHeader::Number(next),
            page,
            requested,
            may_guess,
            ..silent()
        };
        short(&decide(&evidence))
    };
    use Requested::{Number, Unreadable, Unspecified};
    assert_eq!(next(None, Unspecified, 1, true), "!");
    assert_eq!(next(None, Number(1), 1, true), "!");
    // The response is most likely page 1.
    assert_eq!(next(None, Number(5), 2, true), "*");
    assert_eq!(next(None, Number(5), 5, true), "*");
    assert_eq!(next(Some(5), Number(5), 5, true), "!");
    assert_eq!(next(Some(5), Number(5), 6, true), "6");
    assert_eq!(next(None, Number(5), 7, true), "!");
    assert_eq!(next(Some(5), Number(5), 7, true), "!");
    assert_eq!(next(Some(5), Number(5), 7, false), "7");
    assert_eq!(next(None, Unreadable, 7, true), "7");
}

#[test]
fn the_number_in_the_response_is_preferred_to_the_requested_one() {
    let cases = [
        (None, Requested::Unspecified, 1, "2?"),
        (None, Requested::Unspecified, 0, "1?"),
        (None, Requested::Number(5), 1, "6?"),
        // A server returns its first page for a number below the first.
        (None, Requested::Number(0), 1, "2?"),
        (Some(1), Requested::Unspecified, 1, "2?"),
        // The number of the first page may differ from that in the document.
        (Some(0), Requested::Unspecified, 1, "1?"),
        (Some(0), Requested::Number(0), 1, "1?"),
        (Some(1), Requested::Number(0), 1, "2?"),
        (Some(7), Requested::Number(7), 1, "8?"),
        // Another page than the requested one.
        (Some(7), Requested::Unspecified, 1, "*"),
        (Some(7), Requested::Number(5), 1, "*"),
        (Some(3), Requested::Number(5), 1, "*"),
        (Some(2), Requested::Number(0), 1, "*"),
        (Some(7), Requested::Unreadable, 1, "8?"),
        (None, Requested::Unreadable, 1, "!"),
        (None, Requested::Number(MAX_PAGE), 1, "!"),
        (None, Requested::Number(MAX_PAGE - 1), 1, "2147483647?"),
    ];
    for (page, requested, first_page, expected) in cases {
        let evidence = Evidence {
            page,
            requested,
            first_page,
            ..silent()
        };
        assert_eq!(short(&decide(&evidence)), expected, "{evidence:?}");
    }
}

#[test]
fn a_guess_ends_with_an_empty_page_or_one_below_its_own_size() {
    let cases = [
        (0, None, true, "-"),
        (1, None, true, "2?"),
        (20, Some(20), true, "2?"),
        (19, Some(20), true, "-"),
        // More items than the page size, from a server with another count.
        (21, Some(20), true, "2?"),
        (20, Some(0), true, "2?"),
        (20, None, false, "-"),
        (20, Some(20), false, "-"),
    ];
    for (items, page_size, may_guess, expected) in cases {
        let evidence = Evidence {
            items,
            page_size,
            may_guess,
            ..silent()
        };
        assert_eq!(short(&decide(&evidence)), expected, "{evidence:?}");
    }
}

#[test]
fn totals_count_the_pages_of_this_response() {
    // Header, page, pages, total, size, items.
    let cases = [
        (NextHeader::Absent, 1, Some(3), None, None, 20, "2+"),
        // A page that lost items to a filter is no reason to stop.
        (NextHeader::Absent, 1, Some(3), None, Some(20), 0, "2+"),
        (NextHeader::Absent, 3, Some(3), None, None, 20, "-"),
        (NextHeader::Absent, 1, None, Some(45), Some(20), 20, "2+"),
        (NextHeader::Absent, 1, None, Some(45), Some(20), 5, "2+"),
        (NextHeader::Absent, 3, None, Some(45), Some(20), 5, "-"),
        // The number of items alone ends nothing.
        (NextHeader::Absent, 2, None, Some(40), Some(20), 20, "3?"),
        (NextHeader::Absent, 1, None, Some(20), None, 20, "2?"),
        (NextHeader::Absent, 1, None, Some(45), Some(0), 20, "2?"),
        // The greater total applies if two differ.
        (NextHeader::Absent, 2, Some(2), Some(45), Some(20), 20, "3+"),
        (NextHeader::Empty, 2, Some(2), Some(45), Some(20), 20, "!"),
        (NextHeader::Empty, 1, None, Some(45), Some(20), 20, "!"),
        (NextHeader::Empty, 3, Some(3), Some(45), Some(20), 5, "-"),
        // Items were deleted between counting and reading.
        (NextHeader::Empty, 3, Some(3), Some(45), Some(20), 0, "-"),
        // An empty list may have one page or none.
        (NextHeader::Empty, 1, Some(1), Some(0), Some(20), 0, "-"),
        (NextHeader::Empty, 1, Some(0), Some(0), Some(20), 0, "-"),
        // A page after the last one is empty, so items there contradict the totals.
        (NextHeader::Empty, 9, Some(1), Some(3), Some(20), 0, "-"),
        (NextHeader::Absent, 9, Some(1), Some(3), Some(20), 0, "-"),
        (NextHeader::Empty, 9, Some(1), Some(3), Some(20), 3, "!"),
        (NextHeader::Absent, 9, Some(1), Some(3), Some(20), 3, "!"),
        (NextHeader::Number(4), 3, Some(3), None, None, 20, "!"),
        // A filter after the count can make pages empty.
        (NextHeader::Number(4), 3, Some(3), None, None, 0, "4"),
        (
            NextHeader::Number(3),
            2,
            Some(3),
            Some(45),
            Some(20),
            20,
            "3",
        ),
        (NextHeader::Number(4), 3, None, Some(45), Some(20), 20, "!"),
        // Without totals, as from a server that does not count long lists.
        (NextHeader::Number(4), 3, None, None, Some(20), 20, "4"),
        (NextHeader::Empty, 3, None, None, Some(20), 20, "-"),
        (
            NextHeader::Absent,
            1,
            Some(u64::MAX),
            Some(u64::MAX),
            Some(1),
            1,
            "2+",
        ),
    ];
    for (header, page, total_pages, total, page_size, items, expected) in cases {
        let evidence = Evidence {
            header,
            page: Some(page),
            requested: Requested::Number(page),
            total_pages,
            total,
            page_size,
            items,
            ..silent()
        };
        assert_eq!(short(&decide(&evidence)), expected, "{evidence:?}");
    }
}

#[test]
fn pages_numbered_from_zero() {
    let page = |page, header| {
        let evidence = Evidence {
            header,
            page: Some(page),
            requested: Requested::Number(page),
            first_page: 0,
            total_pages: Some(3),
            ..silent()
        };
        short(&decide(&evidence))
    };
    assert_eq!(page(0, NextHeader::Absent), "1+");
    assert_eq!(page(1, NextHeader::Absent), "2+");
    assert_eq!(page(2, NextHeader::Absent), "-");
    assert_eq!(page(2, NextHeader::Empty), "-");
    assert_eq!(page(1, NextHeader::Empty), "!");
    assert_eq!(page(2, NextHeader::Number(3)), "!");
}

#[test]
fn a_total_does_not_end_a_list_whose_position_is_not_known() {
    let evidence = Evidence {
        total_pages: Some(3),
        requested: Requested::Unreadable,
        ..silent()
    };
    assert_eq!(short(&decide(&evidence)), "!");
}
