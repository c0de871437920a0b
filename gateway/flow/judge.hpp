// Judge: is a message understood, proven to be its agency's, of now, and allowed? All before
// anything is done about it.
//
// Place:  intake -> JUDGE (authentic, decode, fresh, authorise) -> plan.
// Thread: core only; pure over the clock and the configuration.
// Errors: a Rejection with every reason of the first leg that refuses; rules of this leg:
//         mqtt.retained, cap.format, signature.missing, signature.xml-wrong.
#pragma once

#include "gateway/flow/authenticity.hpp"
#include "gateway/flow/freshness.hpp"
#include "gateway/flow/world.hpp"
#include "gateway/ports/clock.hpp"
#include "gateway/ports/payload_format.hpp"

namespace siaga::flow {

// What a message says of itself, so that a refusal can be matched to it.
Rejection about(Alert const& alert, Rejection why);
Rejection refusal(std::string path, std::string rule, std::string text);

class Judge {
 public:
  struct Rules {
    Formats const& formats;
    Freshness const& fresh;
    Authenticity const& authentic;
  };
  Judge(Clock& clock, Current& world, Rules rules) : clock_(clock), world_(world), rules_(rules) {}

  Judged<AuthorisedCommand> alert(AgencyId const& agency, RawMessage const& raw) const;
  // An answer is not refused for who signed it when its agency has no keys.
  std::optional<Rejection> objection_to_answer(AgencyId const& agency, RawMessage const& raw) const;
  Judged<Command> decode(RawMessage const& raw) const;
  Allowance allowance_of(AgencyId const& agency) const;
  Allowance answers_allowance_of(AgencyId const& agency) const;

 private:
  PayloadFormat const* format_of(RawMessage const& raw) const;
  Signers const& signers_of(AgencyId const& agency) const;
  Judged<Proof> proof_of(Signers const& signers, RawMessage const& raw, Alert const& alert,
                         Proof by_transport) const;

  Clock& clock_;
  Current& world_;
  Rules rules_;
};

}  // namespace siaga::flow
