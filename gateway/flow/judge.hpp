// Judge: decides whether a message is understood, proven to be its agency's, recent, and allowed,
// before anything is done about it.
//
// Place:  intake -> JUDGE (authentic, decode, fresh, authorise) -> plan.
// Thread: decode() and alert() any: pure over what they are handed. The rest on core only.
// Errors: a Rejection with every reason of the first check that refuses. Rules of this leg:
//         policy.limit.bytes, mqtt.retained, cap.format, signature.missing, signature.xml-wrong.
#pragma once

#include "gateway/flow/authenticity.hpp"
#include "gateway/flow/freshness.hpp"
#include "gateway/flow/world.hpp"
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
  Judge(Current& world, Rules rules) : world_(world), rules_(rules) {}

  // Of a message that decode() has read.
  Judged<AuthorisedCommand> alert(World const& world, AgencyId const& agency, RawMessage const& raw,
                                  Judged<Command> command, UtcTime now) const;
  // There is nothing to be read when it was not kept whole.
  std::optional<Rejection> objection_to_kept(AgencyId const& agency,
                                             InboundMessage const& message) const;
  // How far an answer is proven to be its agency's own. Without keys of the agency no answer is
  // refused for its signature.
  Judged<Proof> proof_of_answer(AgencyId const& agency, RawMessage const& raw) const;
  Judged<Command> decode(RawMessage const& raw) const;
  Allowance allowance_of(AgencyId const& agency) const;
  Allowance answers_allowance_of(AgencyId const& agency) const;

 private:
  PayloadFormat const* format_of(RawMessage const& raw) const;
  Judged<Proof> proof_of(Signers const& signers, RawMessage const& raw, Alert const& alert,
                         Proof by_transport) const;

  Current& world_;
  Rules rules_;
};

}  // namespace siaga::flow
