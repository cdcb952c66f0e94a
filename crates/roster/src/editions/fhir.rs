//! A list as a FHIR R4 Bundle: for each entry a Practitioner and the PractitionerRole that ties her to
//! the hospital's list.

use serde_json::{Map, Value, json};

use super::{Edition, Entry};

/// A list as a Bundle of type `collection`.
#[must_use]
pub fn fhir(edition: &Edition) -> Value {
    let mut resources = Vec::new();
    for entry in &edition.frozen.entries {
        let (practitioner, role) =
            (format!("urn:uuid:{}", entry.member), format!("urn:uuid:{}", role_id(edition, entry)));
        resources.push(json!({"fullUrl": practitioner, "resource": self::practitioner(entry)}));
        resources.push(json!({"fullUrl": role, "resource": self::role(edition, entry)}));
    }
    let mut bundle = json!({
        "resourceType": "Bundle",
        "id": edition.id,
        "identifier": {"system": "urn:ietf:rfc:3986", "value": format!("urn:uuid:{}", edition.id)},
        "type": "collection",
        "timestamp": edition.published_at,
    });
    // FHIR knows no empty lists.
    put(&mut bundle, "entry", resources);
    bundle
}

/// A role is one person's on one edition: the id is made of both.
fn role_id(edition: &Edition, entry: &Entry) -> uuid::Uuid {
    let mixed = edition.id.as_uuid().as_u128() ^ entry.member.as_uuid().as_u128().rotate_left(64);
    uuid::Builder::from_custom_bytes(mixed.to_be_bytes()).into_uuid()
}

fn put(object: &mut Value, name: &str, list: Vec<Value>) {
    if let Some(object) = object.as_object_mut().filter(|_| !list.is_empty()) {
        object.insert(name.to_owned(), Value::Array(list));
    }
}

fn practitioner(entry: &Entry) -> Value {
    let card = &entry.card;
    let mut person = json!({
        "resourceType": "Practitioner",
        "id": entry.member,
        "active": true,
        "name": [{"text": card.name}],
    });
    let mut telecom = Vec::new();
    if let Some(phone) = &card.phone {
        telecom.push(json!({"system": "phone", "value": phone, "use": "work"}));
    }
    if let Some(url) = &card.booking_url {
        telecom.push(json!({"system": "url", "value": url, "use": "work"}));
    }
    put(&mut person, "telecom", telecom);
    let qualification =
        card.credentials.iter().map(|credential| json!({"code": {"text": credential}}));
    put(&mut person, "qualification", qualification.collect());
    let language = |code: &String| json!({"coding": [{"system": "urn:ietf:bcp:47", "code": code}]});
    put(&mut person, "communication", card.languages.iter().map(language).collect());
    person
}

fn role(edition: &Edition, entry: &Entry) -> Value {
    let card = &entry.card;
    let mut period = Map::new();
    period.insert("start".to_owned(), json!(edition.as_of));
    if let Some(until) = card.valid_until {
        period.insert("end".to_owned(), json!(until));
    }
    let mut role = json!({
        "resourceType": "PractitionerRole",
        "id": role_id(edition, entry),
        "active": true,
        "period": period,
        "practitioner": {"reference": format!("urn:uuid:{}", entry.member), "display": card.name},
        "organization": {"display": edition.frozen.chapter},
        "code": [{"text": format!("Outpatient lactation consultant, {} list", edition.frozen.hospital_name)}],
        "specialty": [{"text": "Lactation"}],
    });
    let places = card.areas.iter().map(|area| json!({"display": area}));
    put(&mut role, "location", places.collect());
    put(&mut role, "healthcareService", {
        let visits =
            card.visit_types.iter().map(|visit| json!({"display": format!("Visit: {visit}")}));
        let payers = card.payers.iter().map(|payer| json!({"display": format!("Payer: {payer}")}));
        visits.chain(payers).collect()
    });
    role
}
