#include "fuzz_converter.h"
#include "pdf/converter.hpp"

SLUICE_FUZZ_CONVERTER(
    sluice::pdf::PdfConverter, "paper.pdf", "application/pdf",
    {R"({"page_markers":true,"images":true,"tables":true,"comments":false,"headers_and_footers":false,"min_image_size":16,"ocr":"auto","ocr_resolution":300,"ocr_pages":500,"ocr_seconds":1800,"password":""})",
     R"({"page_markers":false,"images":true,"tables":false,"comments":true,"headers_and_footers":true,"min_image_size":0,"ocr":"all","ocr_resolution":72,"ocr_pages":1,"ocr_seconds":1800,"password":"x"})"})
