#include "gateway/flow/judge.hpp"

#include <algorithm>

#include "gateway/ports/topics.hpp"

namespace siaga::flow {
namespace {

Rejection retained(std::string what) {
  return refusal("", "mqtt.retained", std::move(what));
}

Signers const& signers_of(World const& world, AgencyId const& agency) {
  static Signers const none;
  auto const* grant = world.grants.of(agency);
  return grant == nullptr ? none : grant->signers;
}

Rejection unsigned_message() {
  auto why =
      refusal("", "signature.missing",
              "instansi ini wajib menandatangani pesannya, pesan ini tanpa tanda tangan; pakai"
              " `siaga sign` / this agency must sign its messages and this one is not signed;"
              " use `siaga sign`");
  why.incident = "signature";
  return why;
}

}  // namespace

Rejection refusal(std::string path, std::string rule, std::string text) {
  return Rejection(Reason{std::move(path), std::move(rule), std::move(text)});
}

Rejection about(Alert const& alert, Rejection why) {
  why.identifier = alert.identifier;
  why.sender = alert.sender;
  return why;
}

PayloadFormat const* Judge::format_of(RawMessage const& raw) const {
  auto const takes = [&](auto const& format) {
    return format->takes(raw.content_type, raw.payload);
  };
  auto const format = std::ranges::find_if(rules_.formats, takes);
  return format == rules_.formats.end() ? nullptr : format->get();
}

Judged<Command> Judge::decode(RawMessage const& raw) const {
  auto const* format = format_of(raw);
  if (format == nullptr)
    return refusal("", "cap.format",
                   "isi bukan CAP XML dan bukan JSON; mulailah dengan '<' atau '{' / "
                   "payload is neither CAP XML nor JSON; begin with '<' or '{'");
  return format->decode(raw.payload);
}

Allowance Judge::allowance_of(AgencyId const& agency) const {
  auto const* grant = world_->grants.of(agency);
  return grant == nullptr ? Allowance() : grant->allowance;
}

Allowance Judge::answers_allowance_of(AgencyId const& agency) const {
  auto const* grant = world_->grants.of(agency);
  return grant == nullptr ? Grant().answers : grant->answers;
}

std::optional<Rejection> Judge::objection_to_kept(AgencyId const& agency,
                                                  InboundMessage const& message) const {
  switch (message.kept) {
    case Kept::whole:
      return std::nullopt;
    case Kept::hash:
      return Rejection(not_registered(agency));
    case Kept::cut:
    case Kept::dropped:
      break;
  }
  bool const answer = message.raw.topic.starts_with(topics::answer);
  auto const most = answer ? world_->lengths.answer_bytes_max : world_->lengths.alert_bytes_max;
  auto const is = std::to_string(message.bytes), right = std::to_string(most);
  return refusal("", "policy.limit.bytes",
                 "pesan " + is + " byte; paling banyak " + right + " / the message has " + is +
                     " bytes; at most " + right);
}

Judged<AuthorisedCommand> Judge::alert(World const& world, AgencyId const& agency,
                                       RawMessage const& raw, Judged<Command> command,
                                       UtcTime now) const {
  if (raw.retained)
    return retained(
        "peringatan tidak boleh dikirim dengan retain: kirim lagi tanpa retain, lalu hapus yang"
        " lama dengan pesan kosong ber-retain / alerts must not be published retained: send it"
        " again without, and clear it with an empty retained message");
  auto const& signers = signers_of(world, agency);
  // As of its arrival: a signature must not run out while we hold the message.
  auto const by_transport = rules_.authentic(signers, raw, raw.received_at);
  if (!by_transport)
    return command ? about(alert_of(*command), by_transport.error()) : by_transport.error();
  if (!command) return command.error();
  auto const identity = alert_of(*command);
  auto const proof = proof_of(signers, raw, identity, *by_transport);
  if (!proof) return about(identity, proof.error());
  auto fresh = rules_.fresh(std::move(*command), now);
  if (!fresh) return about(identity, fresh.error());
  auto judged = authorise(world.grants, agency, std::move(*fresh), now);
  if (!judged) return about(identity, judged.error());
  judged->record(*proof);
  return judged;
}

// A signature of either kind will do; one that is wrong will not, whatever the other says.
Judged<Proof> Judge::proof_of(Signers const& signers, RawMessage const& raw, Alert const& alert,
                              Proof by_transport) const {
  bool const verified = by_transport.kind == Proof::Kind::verified;
  if (alert.has_xml_signature && !signers.certificates.empty()) {
    auto const signer = format_of(raw)->signer(raw.payload, signers.certificates);
    if (!signer) {
      auto why = refusal("", "signature.xml-wrong",
                         "tanda tangan XML tidak cocok dengan sertifikat instansi ini / the XML"
                         " signature does not hold by this agency's certificates: " +
                             signer.error().detail);
      why.incident = "signature";
      return why;
    }
    return verified ? by_transport : Proof{Proof::Kind::verified, "xmldsig " + *signer};
  }
  if (signers.required() && !verified) return unsigned_message();
  if (alert.has_xml_signature && by_transport.kind == Proof::Kind::none)
    return Proof{Proof::Kind::unverified, "xmldsig"};
  return by_transport;
}

Judged<Proof> Judge::proof_of_answer(AgencyId const& agency, RawMessage const& raw) const {
  if (raw.retained)
    return retained(
        "jawaban tidak boleh dikirim dengan retain / answers must not be published retained");
  auto const& signers = signers_of(*world_, agency);
  auto proof = rules_.authentic(signers, raw, raw.received_at);
  if (proof && !signers.keys.empty() && proof->kind != Proof::Kind::verified)
    return unsigned_message();
  return proof;
}

}  // namespace siaga::flow
