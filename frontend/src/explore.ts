// Timeline, network and map: filled in with their page.
export {};
