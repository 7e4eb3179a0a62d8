import { Component } from "@angular/core";
import { track } from "headstart";

@Component({
  template: `
    <main>
      <h1>Team</h1>
      <button type="button" (click)="invite()">Invite</button>
    </main>
  `,
})
export class Team {
  invite() {
    track("Colleague Invited");
  }
}
