// SPDX-License-Identifier: Apache-2.0
#include "form_size.hpp"

#include <Catalog.h>
#include <PDFDoc.h>

namespace sluice::pdf {
namespace {

// Tax forms have some thousands. Each costs poppler about 20 us, and more the deeper it lies.
constexpr int kMaxFields = 50'000;
constexpr int kMaxFieldDepth = 64;

// Counts as poppler goes: down each way.
int count_fields(const Object& fields, int depth, int counted) {
  if (!fields.isArray()) return counted;
  if (depth > kMaxFieldDepth) return kMaxFields + 1;
  for (int i = 0; i < fields.arrayGetLength() && counted <= kMaxFields; ++i) {
    const Object field = fields.arrayGet(i);
    ++counted;
    if (field.isDict()) counted = count_fields(field.dictLookup("Kids"), depth + 1, counted);
  }
  return counted;
}

}  // namespace

bool has_endless_form(PDFDoc& document) {
  const Object* form = document.getCatalog()->getAcroForm();
  if (form == nullptr || !form->isDict()) return false;
  return count_fields(form->dictLookup("Fields"), 0, 0) > kMaxFields;
}

void drop_form(PDFDoc& document) {
  document.getCatalog()->getAcroForm()->setToNull();
}

}  // namespace sluice::pdf
