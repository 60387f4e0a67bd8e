# Fills a plugin's manifest in: cmake -DLIBRARY_FILE= -DMANIFEST= -DOUTPUT= -P fill_manifest.cmake
file(SHA256 ${LIBRARY_FILE} SHA256)
get_filename_component(LIBRARY ${LIBRARY_FILE} NAME)
configure_file(${MANIFEST} ${OUTPUT} @ONLY)
