//! One call over a scripted transport: what is sent, and what comes of each kind of answer.

use crate::support::{GetPet, Pet, Script, VirtualTime, builder, client, json};
use generator_runtime::runtime::auth::Auth;
use generator_runtime::runtime::error::ErrorKind;
use generator_runtime::runtime::options::RequestOptions;

#[test]
fn sends_the_request_and_reads_the_answer() {
    let script = Script::new([json(200, r#"{"name": "Rex"}"#)]);
    let time = VirtualTime::new();
    let pet = time
        .run(GetPet::new(client(&script, &time), 7).into_future())
        .unwrap();
    assert_eq!(pet, Pet { name: "Rex".into() });
    assert_eq!(
        script.seen()[0].lines(),
        "GET https://pets.example/pets/7\n\
         accept: application/json\n\
         user-agent: pets/0.1.0\n\
         x-pet-key: s3cr3t-t0ken"
    );
}
