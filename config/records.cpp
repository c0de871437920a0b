#include "config/records.hpp"

#include "gateway/domain/alert.hpp"

namespace siaga::config {
namespace {

constexpr double ten_days_ms = 10.0 * 24 * 3600 * 1000;

template <class E>
Texts words() {
  auto const all = all_words<E>();
  return {all.begin(), all.end()};
}

}  // namespace

Fields const& ChannelRecord::fields() {
  static auto const table =
      FieldsOf<ChannelRecord>()
          .flag("public", &ChannelRecord::is_public,
                "anybody may hear or read it: it never carries Restricted or Private alerts")
          .text("standby", &ChannelRecord::standby,
                "the channel that carries this one's messages while this one is down")
          .duration("standby_after", &ChannelRecord::standby_after,
                    "how long this one may be down before its standby carries; at once when its "
                    "peer refuses us")
          .range(0, ten_days_ms)
          .flag("private_link", &ChannelRecord::private_link,
                "the wire is trusted: `check` does not warn of clear text here");
  return table;
}

Fields const& AgencyRecord::fields() {
  static auto const table =
      FieldsOf<AgencyRecord>()
          .text("id", &AgencyRecord::id, "the last word of the agency's topics")
          .required()
          .text("name", &AgencyRecord::name, "the agency's name as officers see it")
          .required()
          .list("senders", &AgencyRecord::senders,
                "CAP senders the agency may use; none = any sender")
          .text("parent", &AgencyRecord::parent,
                "the agency above it, which may update and cancel its alerts")
          .number("recipients_max", &AgencyRecord::recipients_max,
                  "an alert for more people than this, over all its steps, is held, not sent; 0 = "
                  "no bound")
          .unit("people")
          .range(0, 10000000)
          .real("rate_per_s", &AgencyRecord::rate_per_s,
                "how fast its alerts are taken when it sends many; further ones wait their turn")
          .unit("alerts per second")
          .range(0.001, 100000)
          .number("burst", &AgencyRecord::burst, "how many are taken at once before that")
          .unit("alerts")
          .range(1, 1000000)
          .real("answers_per_s", &AgencyRecord::answers_per_s,
                "how fast the answers of its own systems for officers are taken; further ones "
                "wait, and none is dropped")
          .unit("answers per second")
          .range(0.001, 100000)
          .number("answers_burst", &AgencyRecord::answers_burst,
                  "how many are taken at once before that")
          .unit("answers")
          .range(1, 1000000)
          .list("hosts", &AgencyRecord::hosts,
                "hosts its alerts may lead officers to, with all below them; any other address in "
                "an alert is shown so that nothing can be tapped")
          .list("certificates", &AgencyRecord::certificates,
                "files with the certificates (PEM) whose XML signatures are its own")
          .path();
  return table;
}

Fields const& KeyRecord::fields() {
  static auto const table =
      FieldsOf<KeyRecord>()
          .text("id", &KeyRecord::id, "the key's name, as messages carry it")
          .required()
          .text("public", &KeyRecord::public_key, "the Ed25519 public key in base64")
          .required()
          .text("from", &KeyRecord::from, "not valid before this time; empty = from ever")
          .text("until", &KeyRecord::until, "not valid from this very time on; empty = for ever")
          .flag("revoked", &KeyRecord::revoked, "no longer trusted, whatever its period");
  return table;
}

Fields const& LevelRecord::fields() {
  static auto const table =
      FieldsOf<LevelRecord>()
          .text("word", &LevelRecord::word, "the level's word")
          .required()
          .one_of({"AWAS", "SIAGA", "WASPADA", "INFO"})
          .text("label", &LevelRecord::label,
                "how officers see it, the word in it, such as \"SIAGA 1 (AWAS)\"; empty = the word")
          .list("severity", &LevelRecord::severity, "one of these CAP severities; none = any")
          .one_of(words<Severity>())
          .list("urgency", &LevelRecord::urgency, "one of these CAP urgencies; none = any")
          .one_of(words<Urgency>())
          .list("certainty", &LevelRecord::certainty, "one of these CAP certainties; none = any")
          .one_of(words<Certainty>());
  return table;
}

Fields const& AreaRecord::fields() {
  static auto const table =
      FieldsOf<AreaRecord>()
          .text("code", &AreaRecord::code, "its Kemendagri code")
          .required()
          .text("name", &AreaRecord::name, "its name")
          .required()
          .list("outline", &AreaRecord::outline,
                "polygons as CAP writes them, \"lat,lon lat,lon ...\", the last point the first");
  return table;
}

Fields const& GrantRecord::fields() {
  static auto const table =
      FieldsOf<GrantRecord>()
          .list("scope", &GrantRecord::scope, "CAP scopes it may use")
          .one_of(words<Scope>())
          .text("severity_max", &GrantRecord::severity_max, "the gravest severity it may use")
          .one_of(words<Severity>())
          .list("areas", &GrantRecord::areas, "Kemendagri codes it may speak for, with all below")
          .list("categories", &GrantRecord::categories, "CAP categories it may use")
          .one_of(words<Category>())
          .list("events", &GrantRecord::events, "events it may announce")
          .list("statuses", &GrantRecord::statuses, "CAP statuses it may use")
          .one_of(words<Status>());
  return table;
}

Fields const& RouteRecord::fields() {
  static auto const table =
      FieldsOf<RouteRecord>()
          .text("policy", &RouteRecord::policy, "the policy matching alerts fall under")
          .required()
          .flag("continue", &RouteRecord::continues, "also try the routes below");
  return table;
}

Fields const& MatchRecord::fields() {
  static auto const table =
      FieldsOf<MatchRecord>()
          .list("agency", &MatchRecord::agency, "one of these agencies")
          .list("category", &MatchRecord::category, "one of these CAP categories")
          .one_of(words<Category>())
          .list("event", &MatchRecord::event, "one of these events, whole, in any case")
          .text("severity_min", &MatchRecord::severity_min, "at least this severe")
          .one_of(words<Severity>())
          .text("urgency_min", &MatchRecord::urgency_min, "at least this urgent")
          .one_of(words<Urgency>())
          .text("certainty_min", &MatchRecord::certainty_min, "at least this certain")
          .one_of(words<Certainty>())
          .list("area", &MatchRecord::area, "within one of these Kemendagri codes")
          .list("scope", &MatchRecord::scope, "one of these CAP scopes")
          .one_of(words<Scope>())
          .list("status", &MatchRecord::status, "one of these CAP statuses")
          .one_of(words<Status>());
  return table;
}

Fields const& PolicyRecord::fields() {
  static auto const table =
      FieldsOf<PolicyRecord>()
          .text("id", &PolicyRecord::id, "how routes name the policy")
          .required()
          .number("acks_needed", &PolicyRecord::acks_needed,
                  "officers who must accept; then nobody else is told")
          .unit("officers")
          .range(1, 1000)
          .number("repeat", &PolicyRecord::repeat, "rounds of all steps while nobody has answered")
          .unit("rounds")
          .range(1, 100)
          .flag("tell_when_handled", &PolicyRecord::tell_when_handled,
                "tell those who were told when somebody has it in hand");
  return table;
}

Fields const& StepRecord::fields() {
  static auto const table =
      FieldsOf<StepRecord>()
          .duration("after", &StepRecord::after,
                    "when the step starts, counted from the start of the round")
          .range(0, ten_days_ms)
          .list("teams", &StepRecord::teams, "the teams told in this step")
          .required()
          .list("channels", &StepRecord::channels, "the channels they are told by")
          .required();
  return table;
}

Fields const& OfficerRecord::fields() {
  static auto const table =
      FieldsOf<OfficerRecord>()
          .text("id", &OfficerRecord::id, "how teams, log and answers name the officer")
          .required()
          .text("name", &OfficerRecord::name, "post or call sign as others see it")
          .required()
          .text("agency", &OfficerRecord::agency, "the agency the officer belongs to")
          .required()
          .list("areas", &OfficerRecord::areas,
                "Kemendagri codes the officer answers for; none = everywhere")
          .text("language", &OfficerRecord::language,
                "language of the texts the officer gets; empty = that of [gateway]");
  return table;
}

Fields const& TeamRecord::fields() {
  static auto const table =
      FieldsOf<TeamRecord>()
          .text("id", &TeamRecord::id, "how policies name the team")
          .required()
          .list("members", &TeamRecord::members, "officers, by id")
          .flag("test", &TeamRecord::test, "may be told of alerts of status Test")
          .flag("public", &TeamRecord::is_public, "never told of Restricted or Private alerts");
  return table;
}

}  // namespace siaga::config
