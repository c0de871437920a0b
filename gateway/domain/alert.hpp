// Alert: one CAP 1.2 message as the gateway understands it, the same from XML and from JSON.
//
// Place:  decode -> ALERT -> authorise -> plan -> journal -> message.
// Thread: values.
// See:    CAP-v1.2 section 3.2; names are CAP's, in snake case. No field is for private persons.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/domain/time.hpp"
#include "gateway/domain/words.hpp"

namespace siaga {

enum class Status { actual, exercise, system, test, draft };
enum class MsgType { alert, update, cancel, ack, error };
enum class Scope { public_, restricted, private_ };
// clang-format off
enum class Category {
  geo, met, safety, security, rescue, fire, health, env, transport, infra, cbrne, other
};
enum class ResponseType {
  shelter, evacuate, prepare, execute, avoid, monitor, assess, all_clear, none
};
// clang-format on
// In falling order, so a smaller value weighs more; unknown is last.
enum class Urgency { immediate, expected, future, past, unknown };
enum class Severity { extreme, severe, moderate, minor, unknown };
enum class Certainty { observed, likely, possible, unlikely, unknown };

SIAGA_WORDS(Status, "Actual", "Exercise", "System", "Test", "Draft");
SIAGA_WORDS(MsgType, "Alert", "Update", "Cancel", "Ack", "Error");
SIAGA_WORDS(Scope, "Public", "Restricted", "Private");
SIAGA_WORDS(Category, "Geo", "Met", "Safety", "Security", "Rescue", "Fire", "Health", "Env",
            "Transport", "Infra", "CBRNE", "Other");
SIAGA_WORDS(ResponseType, "Shelter", "Evacuate", "Prepare", "Execute", "Avoid", "Monitor", "Assess",
            "AllClear", "None");
SIAGA_WORDS(Urgency, "Immediate", "Expected", "Future", "Past", "Unknown");
SIAGA_WORDS(Severity, "Extreme", "Severe", "Moderate", "Minor", "Unknown");
SIAGA_WORDS(Certainty, "Observed", "Likely", "Possible", "Unlikely", "Unknown");

// A CAP dateTime: the instant, and its original text (references match on either).
struct CapTime {
  UtcTime at{};
  std::string text;
};

struct NamedValue {
  std::string name;  // valueName
  std::string value;
};

struct Reference {
  std::string sender;
  std::string identifier;
  CapTime sent;
};

struct Resource {
  std::string description;
  std::string mime_type;
  std::optional<std::int64_t> size_bytes;
  std::string uri;
  std::string deref_uri;  // base64; never forwarded
  std::string digest;
};

struct Area {
  std::string description;
  std::vector<std::string> polygons;  // CAP's text, "lat,lon lat,lon ..."
  std::vector<std::string> circles;   // "lat,lon radius_km"
  std::vector<NamedValue> geocodes;   // KEMENDAGRI = 64.74.01.1003
  std::string altitude;               // decimal text, feet
  std::string ceiling;
  std::vector<std::string>
      districts;  // codes the shapes touch; found by locate(), never written out
};

struct Info {
  std::string language;  // as written; empty = the standard's default, en-US
  std::vector<Category> categories;
  std::string event;
  std::vector<ResponseType> response_types;
  Urgency urgency = Urgency::unknown;
  Severity severity = Severity::unknown;
  Certainty certainty = Certainty::unknown;
  std::string audience;
  std::vector<NamedValue> event_codes;
  std::optional<CapTime> effective;
  std::optional<CapTime> onset;
  std::optional<CapTime> expires;
  std::string sender_name;
  std::string headline;
  std::string description;
  std::string instruction;
  std::string web;
  std::string contact;
  std::vector<NamedValue> parameters;
  std::vector<Resource> resources;
  std::vector<Area> areas;
};

struct Alert {
  std::string identifier;
  std::string sender;
  CapTime sent;
  Status status = Status::actual;
  MsgType msg_type = MsgType::alert;
  std::string source;
  Scope scope = Scope::public_;
  std::string restriction;
  std::vector<std::string> addresses;
  std::vector<std::string> codes;
  std::string note;
  std::vector<Reference> references;
  std::vector<std::string> incidents;
  std::vector<Info> infos;
  bool has_xml_signature = false;  // an enveloped one (section 3.3.2.1), kept in the evidence
};

// The block for a reader of `language`: exact tag, then primary subtag, then the first; or null.
Info const* info_for(Alert const& alert, std::string_view language);
// The value that weighs most over all info blocks.
Severity severity_of(Alert const& alert);
Urgency urgency_of(Alert const& alert);
Certainty certainty_of(Alert const& alert);
// The latest `expires` over all info blocks; nullopt when a block has none.
std::optional<UtcTime> expires_of(Alert const& alert);
// A geocode of the ministry's list of regions: its name is KEMENDAGRI, in any case.
bool is_area_code(NamedValue const& geocode);
// Values of such geocodes over all areas, and the districts their shapes touch, in their order,
// without repeats.
std::vector<std::string> area_codes_of(Alert const& alert);

// Which goes first when not all can: smaller is sooner. The info block that weighs most decides:
// life = Extreme, or Severe and Immediate; urgent = Severe or Immediate; normal = Moderate; low =
// the rest. Test and Exercise are never sooner than normal.
enum class Priority { life = 0, urgent = 1, normal = 2, low = 3 };
SIAGA_WORDS(Priority, "life", "urgent", "normal", "low");
Priority priority_of(Alert const& alert);

}  // namespace siaga
