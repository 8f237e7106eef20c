// allauth reports a failed or cancelled passkey as an event; people get to see a sentence.
document.addEventListener('allauth.error', function (event) {
  event.preventDefault()
  document.getElementById('passkey-problem').hidden = false
})
