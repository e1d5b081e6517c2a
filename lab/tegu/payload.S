  .section .rodata
  .global tegu_payload
tegu_payload:
  .incbin "payload.bin"
  .section .note.GNU-stack, "", @progbits
