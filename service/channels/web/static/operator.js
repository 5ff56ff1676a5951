// Copying a snippet: the button appears only where the browser can copy.
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const said = button.parentElement.querySelector("[data-copied]");
    try {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
      said.textContent = "コピーしました";
    } catch {
      said.textContent = "コピーできませんでした。文字を選んでコピーしてください。";
    }
  });
}
