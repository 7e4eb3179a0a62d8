import { Component } from "@angular/core";
import { RouterLink, RouterOutlet } from "@angular/router";

@Component({
  selector: "app-root",
  imports: [RouterLink, RouterOutlet],
  template: `
    <nav>
      <a routerLink="/">Projects</a>
      <a routerLink="/team">Team</a>
    </nav>
    <router-outlet />
  `,
})
export class App {}
