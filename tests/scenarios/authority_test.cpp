#include "tests/scenarios/stage.hpp"
#include "tests/support/catch.hpp"

namespace siaga::test {

namespace {

// kesbangpol stands above polres; bpbd beside it.
void three_agencies(Stage& stage) {
  two_steps(stage);
  stage.agency("polres", {"kesbangpol"});
  stage.agency("kesbangpol");
  stage.agency("bpbd");
}

std::string cancel_of(AlertText const& alert, std::string sender) {
  AlertText cancel;
  cancel.identifier = "cancel-1";
  cancel.sender = std::move(sender);
  cancel.msg_type = "Cancel";
  cancel.references = alert.reference();
  return cancel.text();
}

// A CAP XML alert with an enveloped signature that nobody made.
std::string xml_with_signature() {
  return R"(<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>polres-0001</identifier>)"
         R"(<sender>spkt@polres-bontang.example</sender><sent>2026-11-23T14:30:00+08:00</sent>)"
         R"(<status>Actual</status><msgType>Alert</msgType><scope>Restricted</scope>)"
         R"(<restriction>petugas piket</restriction><info><language>id</language>)"
         R"(<category>Security</category><event>Unjuk rasa</event><urgency>Immediate</urgency>)"
         R"(<severity>Severe</severity><certainty>Observed</certainty>)"
         R"(<expires>2026-11-23T20:30:00+08:00</expires></info>)"
         R"(<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignedInfo>)"
         R"(<CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>)"
         R"(<SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>)"
         R"(<Reference URI=""><Transforms><Transform)"
         R"( Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/></Transforms>)"
         R"(<DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>)"
         R"(<DigestValue>AA==</DigestValue></Reference></SignedInfo>)"
         R"(<SignatureValue>AA==</SignatureValue></Signature></alert>)";
}

bool says(std::string const& text, std::string const& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("an agency above may cancel, one beside may not", "[scenario]") {
  Stage stage;
  three_agencies(stage);
  stage.open();
  AlertText const alert;
  stage.publish(alert.text());
  stage.publish(cancel_of(alert, "pusdalops@bpbd.example"), "bpbd");
  CHECK(says(stage.feed.last("siaga/receipt/bpbd"), "policy.reference-foreign"));
  CHECK(stage.detail(alert.identifier).row.state == AlertState::open);
  stage.publish(cancel_of(alert, "kepala@kesbangpol.example"), "kesbangpol");
  CHECK(stage.detail(alert.identifier).row.state == AlertState::cancelled);
}

TEST_CASE("another sender of the same agency may not cancel", "[scenario]") {
  Stage stage;
  three_agencies(stage);
  stage.open();
  AlertText const alert;
  stage.publish(alert.text());
  stage.publish(cancel_of(alert, "humas@polres-bontang.example"));
  CHECK(says(stage.feed.last("siaga/receipt/polres"), "policy.reference-sender"));
  CHECK(stage.detail(alert.identifier).row.state == AlertState::open);
}

TEST_CASE("a cancellation that came first applies only from those who may cancel", "[scenario]") {
  auto const [agency, sender, applies] = GENERATE(
      table<std::string, std::string, bool>({{"kesbangpol", "kepala@kesbangpol.example", true},
                                             {"polres", "spkt@polres-bontang.example", true},
                                             {"polres", "humas@polres-bontang.example", false},
                                             {"bpbd", "pusdalops@bpbd.example", false}}));
  Stage stage;
  three_agencies(stage);
  stage.open();
  AlertText const alert;
  stage.publish(cancel_of(alert, sender), agency);
  stage.publish(alert.text());
  CHECK(stage.sms.begun.empty() == applies);
}

TEST_CASE("other content under a used identity is refused and raised as an incident",
          "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.open();
  AlertText alert;
  stage.publish(alert.text());
  alert.event = "Kebakaran";
  stage.publish(alert.text());
  CHECK(says(stage.feed.last("siaga/receipt/polres"), "policy.identity-reused"));
  auto const incident = stage.feed.last("siaga/incident/");
  CHECK(says(incident, R"("kind":"identity-reused")"));
  CHECK(says(incident, R"("agency":"polres")"));
  CHECK_FALSE(says(incident, "Kebakaran"));
  CHECK(rows(stage.log(), "incident") == 1);
  CHECK(stage.legs->intake().incidents() == 1);
  CHECK(stage.sms.to(piket) == 1);
}

TEST_CASE("a Cancel under a used identity is an incident as well", "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.open();
  AlertText const alert;
  stage.publish(alert.text());
  AlertText other;
  other.identifier = "polres-0002";
  stage.publish(other.text());
  AlertText reused = other;
  reused.msg_type = "Cancel";
  reused.references = alert.reference();
  stage.publish(reused.text());
  CHECK(stage.legs->intake().incidents() == 1);
  CHECK(stage.legs->intake().rejected() == 1);
}

TEST_CASE("accepted bytes that come again after their signature ran out are no incident",
          "[scenario]") {
  Stage stage;
  two_steps(stage);
  bool run_out = false;
  stage.authentic = [&run_out](Signers const&, RawMessage const&, UtcTime) {
    if (!run_out) return Judged<Proof>(Proof());
    Rejection late(Reason{"", "signature.expired", "habis / over"});
    late.incident = "signature";
    return Judged<Proof>(late);
  };
  stage.open();
  AlertText const alert;
  stage.publish(alert.text());
  run_out = true;
  stage.publish(alert.text());
  CHECK(says(stage.feed.last("siaga/receipt/polres"), R"("decision":"duplicate")"));
  CHECK(stage.legs->intake().incidents() == 0);
  CHECK(stage.legs->intake().rejected() == 0);
}

TEST_CASE("a forged signature is refused and raised as an incident", "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.authentic = [](Signers const&, RawMessage const&, UtcTime) {
    Rejection forged(Reason{"", "signature.wrong", "tidak cocok / does not hold"});
    forged.incident = "signature";
    return Judged<Proof>(forged);
  };
  stage.open();
  stage.publish(AlertText().text());
  CHECK(stage.sms.begun.empty());
  auto const receipt = stage.feed.last("siaga/receipt/polres");
  CHECK(says(receipt, "signature.wrong"));
  CHECK(says(receipt, R"("identifier":"polres-0001")"));
  CHECK(says(stage.feed.last("siaga/incident/stage"), R"("kind":"signature")"));
}

TEST_CASE("an agency with keys is not heard without a signature", "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.setting().grants.by_agency[AgencyId("polres")].signers.keys.emplace_back();
  bool is_signed = false;
  stage.authentic = [&](Signers const&, RawMessage const&, UtcTime) {
    if (!is_signed) return Judged<Proof>(Proof());
    return Judged<Proof>(Proof{Proof::Kind::verified, "ed25519 polres-2026"});
  };
  stage.open();
  stage.publish(AlertText().text());
  CHECK(says(stage.feed.last("siaga/receipt/polres"), "signature.missing"));
  CHECK(stage.sms.begun.empty());
  is_signed = true;
  stage.publish(AlertText().text());
  CHECK(stage.sms.to(piket) == 1);
  CHECK(stage.detail("polres-0001").row.proof == "verified ed25519 polres-2026");
}

TEST_CASE("an XML signature nobody can check is kept and marked, never refused for being there",
          "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.open();
  stage.publish(xml_with_signature());
  CHECK(stage.sms.to(piket) == 1);
  CHECK(stage.detail("polres-0001").row.proof == "unverified xmldsig");
}

TEST_CASE("where certificates are pinned an XML signature that does not hold is an incident",
          "[scenario]") {
  Stage stage;
  two_steps(stage);
  stage.setting().grants.by_agency[AgencyId("polres")].signers.certificates = {"no certificate"};
  stage.open();
  stage.publish(AlertText().text());
  CHECK(says(stage.feed.last("siaga/receipt/polres"), "signature.missing"));
  stage.publish(xml_with_signature());
  CHECK(says(stage.feed.last("siaga/receipt/polres"), "signature.xml-wrong"));
  CHECK(stage.legs->intake().incidents() == 2);
  CHECK(stage.sms.begun.empty());
}

TEST_CASE("an alert for which nobody is on duty is refused", "[scenario]") {
  Stage stage;
  two_steps(stage);
  Policy policy;
  policy.id = PolicyId("kosong");
  policy.steps = {step(std::chrono::seconds(0), "tidak-ada")};
  stage.policy(policy);
  stage.open();
  stage.publish(AlertText().text());
  CHECK(says(stage.feed.last("siaga/receipt/polres"), "policy.nobody"));
}

}  // namespace siaga::test
