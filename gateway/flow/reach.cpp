#include "gateway/flow/reach.hpp"

namespace siaga::flow {
namespace {

Rejection because_of(std::string rule, std::string text) {
  return Rejection(Reason{"", std::move(rule), std::move(text)});
}

}  // namespace

std::optional<Rejection> reaches_nobody(Plan const& plan, Alert const& alert, World const& world) {
  if (plan.ladders.empty())
    return because_of(
        "policy.no-route",
        "tidak ada rute untuk peringatan ini / no route takes this alert: " + plan.empty_because);
  if (plan.recipients() > 0 || people_of(plan, alert, *world.directory, world.paths) > 0)
    return std::nullopt;
  std::string why;
  for (auto const& ladder : plan.ladders)
    if (why.empty() && !ladder.unreachable.empty()) why = ladder.unreachable.front();
  return because_of("policy.nobody",
                    "tidak seorang pun bertugas untuk wilayah dan status ini; perbaiki wilayahnya"
                    " atau hubungi pengelola / nobody is on duty for this area and status; mend the"
                    " area or call ops: " +
                        why);
}

std::optional<Rejection> reaches_too_many(AgencyId const& agency, Plan const& plan,
                                          Alert const& alert, World const& world) {
  auto const* grant = world.grants.of(agency);
  if (grant == nullptr || !grant->recipients_max) return std::nullopt;
  auto const people = people_of(plan, alert, *world.directory, world.paths);
  if (people <= *grant->recipients_max) return std::nullopt;
  auto const said = std::to_string(people);
  auto const most = std::to_string(*grant->recipients_max);
  return because_of(
      "policy.recipients-max",
      "menjangkau " + said + " orang, batas instansi ini " + most +
          "; ditahan, belum dikirim; kirim dengan identifier baru untuk wilayah lebih sempit, atau"
          " minta pengelola menaikkan recipients_max / reaches " +
          said + " people, this agency's limit is " + most +
          "; held, not sent; send it under a new identifier for a smaller area, or ask ops to raise"
          " recipients_max");
}

Rejection too_many_held(Rejection why) {
  for (auto& reason : why.reasons)
    reason.text =
        "terlalu banyak pesan instansi ini sudah ditahan karena batas penerima; tidak disimpan,"
        " hubungi pengelola lalu kirim lagi / too many of this agency's messages are held already"
        " for its limit of recipients; not kept, call ops and send it again";
  return why;
}

}  // namespace siaga::flow
