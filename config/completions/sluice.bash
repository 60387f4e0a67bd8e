# Completion of sluice for bash. The program says what fits the word that is written.
_sluice() {
  local cur cword words line
  if declare -F _get_comp_words_by_ref >/dev/null; then
    _get_comp_words_by_ref -n =: cur words cword
  else
    words=("${COMP_WORDS[@]}")
    cword=$COMP_CWORD
    cur=${COMP_WORDS[COMP_CWORD]}
  fi
  local -a answer
  mapfile -t answer < <("${words[0]/#\~/$HOME}" complete -- "${words[@]:1:cword}" 2>/dev/null)
  COMPREPLY=()
  for line in "${answer[@]:1}"; do
    COMPREPLY+=("${line%%$'\t'*}")
  done
  # No blank behind "pdf.password=": its value follows.
  [[ ${#COMPREPLY[@]} -gt 0 && ${COMPREPLY[0]} == *= ]] && compopt -o nospace
  # readline replaces only what stands behind the last "=" or ":".
  local front=${cur%"${cur##*[=:]}"}
  COMPREPLY=("${COMPREPLY[@]#"$front"}")
  local written=$cur
  [[ $cur == --*=* ]] && written=${cur#*=}
  case ${answer[0]-} in
    files)
      compopt -o filenames
      mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -- "$written")
      ;;
    folders)
      compopt -o filenames
      mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -d -- "$written")
      ;;
  esac
}
complete -F _sluice sluice
